package dev.lockstep.it.monitoring;

import dev.lockstep.process.GuardedProcess;
import dev.lockstep.process.Ports;
import dev.lockstep.process.Program;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Prometheus that scrapes a server every second, with Lockstep's rules. */
final class Prometheus implements AutoCloseable {

    static final Path RULES = Path.of("docs/monitoring/lockstep-rules.yml").toAbsolutePath();

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int NOT_FOUND = 127;
    private static final String CONFIGURATION = """
            global:
              scrape_interval: 1s
              evaluation_interval: 1s
            rule_files:
              - %s
            scrape_configs:
              - job_name: lockstep
                metrics_path: %s
                static_configs:
                  - targets: ['%s']
            """;

    private final GuardedProcess process;
    private final int port;

    private Prometheus(GuardedProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    static Prometheus scraping(URI metrics, Path directory) throws IOException {
        int port = Ports.free();
        Path configuration = directory.resolve("prometheus.yml");
        Files.writeString(configuration, CONFIGURATION.formatted(RULES, metrics.getPath(), metrics.getAuthority()));
        GuardedProcess process = GuardedProcess.start(
                List.of(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port),
                directory.resolve("prometheus.log").toFile());
        return new Prometheus(process, port);
    }

    /** Has Prometheus' own tool look at the rules; what it says. */
    static String tool(String... arguments) throws IOException, InterruptedException {
        Program.Ended ended = Program.run(PATIENCE, arguments);
        if (ended.status() == NOT_FOUND) {
            throw new IllegalStateException("promtool is not installed; on Debian and Ubuntu it is in the package"
                    + " prometheus: apt-get install prometheus");
        }
        if (ended.status() != 0) {
            throw new IllegalStateException(ended.output());
        }
        return ended.output();
    }

    /** What it answers at a path of its API. */
    JsonObject ask(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                .build();
        try {
            String answer = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            try (JsonReader reader = Json.createReader(new StringReader(answer))) {
                return reader.readObject();
            }
        } catch (IOException e) {
            throw new IllegalStateException("Prometheus does not answer", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many series an expression gives now. */
    int count(String expression) {
        JsonObject answer = ask("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.getString("status").equals("success")) {
            throw new IllegalStateException(expression + ": " + answer);
        }
        return answer.getJsonObject("data").getJsonArray("result").size();
    }

    @Override
    public void close() {
        process.close();
    }
}

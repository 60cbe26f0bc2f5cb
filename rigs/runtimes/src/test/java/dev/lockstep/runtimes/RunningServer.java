package dev.lockstep.runtimes;

import dev.lockstep.docs.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, with the application {@code shop}, as a client meets it. */
final class RunningServer implements AutoCloseable {

    /** Of a server to start, and of an application to be there or gone. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ServerFolder site;
    private final Server server;
    private final List<Path> libraries;
    private final Script start;
    private Script.@Nullable Running process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param libraries of the application */
    RunningServer(Server server, List<Path> libraries, ServerFolder site) throws IOException, InterruptedException {
        this.server = server;
        this.libraries = libraries;
        this.site = site;
        this.start = server.setUp(site);
    }

    /** Waits until the application answers. */
    void deploy() throws IOException {
        deploy("");
        await("/shop/login is there", () -> status() == 200);
    }

    /** Waits until the log says all of this of an application that can't be deployed. */
    void deployInVain(String settings, String... messages) throws IOException {
        int before = log().length();
        deploy(settings);
        await(
                "the log says " + String.join(", ", messages),
                () -> List.of(messages).stream().allMatch(log().substring(Math.min(before, log().length()))::contains));
    }

    /** @param settings more than those of the page */
    private void deploy(String settings) throws IOException {
        Path made = site.folder().resolve("shop.war");
        War.write(made, server, libraries, settings, site.database());
        if (process == null) {
            process = start.start();
        } else {
            Files.move(made, deployed(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Path deployed() {
        return server.applications(site).resolve("shop.war");
    }

    /** Waits until the application is gone. */
    void undeploy() throws IOException {
        Files.deleteIfExists(deployed());
        if (server.watches()) {
            await("/shop/login is gone", () -> status() == 404);
        } else {
            close();
        }
    }

    /** @param headers names and values in turn */
    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + site.port() + "/shop" + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Of its present process. */
    String log() throws IOException {
        return process == null ? "" : process.output();
    }

    /** The log is kept in the folder. */
    @Override
    public void close() throws IOException {
        if (process != null) {
            process.interrupt();
            process.close();
            Files.writeString(
                    site.folder().resolve("server.log"),
                    process.output(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            process = null;
        }
    }

    /** The status of the path that needs no session; 0 where nobody answers. */
    int status() throws InterruptedException {
        try {
            return send("GET", "/login").statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(PAUSE)
                .failFast("the server has ended", () -> process == null || !process.isAlive())
                .until(condition);
    }
}

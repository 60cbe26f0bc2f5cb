package dev.lockstep.runtimes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, with the application {@code shop}, as a client meets it. */
final class RunningServer implements AutoCloseable {

    /** Of a server to start, and of an application to be there or gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ServerFolder site;
    private final Path war;
    private final Server server;
    private final List<String> command;
    private @Nullable Process process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RunningServer(Server server, ServerFolder site) throws IOException {
        this.server = server;
        this.site = site;
        this.command = server.setUp(site);
        this.war = server.applications(site).resolve("shop.war");
    }

    /** Waits until the application answers. */
    void deploy(List<Path> libraries) throws IOException, InterruptedException {
        War.write(war, libraries, server.hasRest());
        if (process == null) {
            start();
        }
        await(200);
    }

    /** Waits until the application is gone. */
    void undeploy() throws IOException, InterruptedException {
        Files.delete(war);
        if (server.watches()) {
            await(404);
        } else {
            close();
        }
    }

    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(site.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(site.log().toFile()));
        builder.environment().putAll(server.environment(site));
        process = builder.start();
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

    String log() throws IOException {
        return Files.readString(site.log(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws InterruptedException {
        Process started = process;
        if (started != null) {
            process = null;
            List<ProcessHandle> children = started.descendants().toList();
            children.forEach(ProcessHandle::destroy);
            started.destroy();
            if (!started.waitFor(30, TimeUnit.SECONDS)) {
                started.destroyForcibly().waitFor();
            }
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private void await(int status) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (status() != status) {
            if (process == null || !process.isAlive() || System.nanoTime() - end > 0) {
                throw new AssertionError(
                        "GET /shop/login is not " + status + " but " + status() + "; see " + site.log());
            }
            Thread.sleep(200);
        }
    }

    /** 0 where nobody answers. */
    private int status() throws InterruptedException {
        try {
            return send("GET", "/login").statusCode();
        } catch (IOException e) {
            return 0;
        }
    }
}

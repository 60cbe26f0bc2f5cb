package dev.lockstep.demo.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One server of the demo, a process of its own. Safe for use by several threads. */
final class DemoNode implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int LAST_LINES = 25;

    private final String name;
    private final int port;
    private final Path log;
    private final Process process;

    private DemoNode(String name, int port, Path log, Process process) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /** Starts the process; {@link #awaitReady} waits for the server in it. */
    static DemoNode start(
            String name,
            int port,
            Map<String, String> properties,
            Installation installation,
            Map<String, String> environment)
            throws IOException {
        Path directory = installation.scratch().resolve(name);
        NodeCommand command = new NodeCommand(name, port, properties, directory, installation);
        Files.createDirectories(command.temporary());
        Path log = installation.log(name);
        ProcessBuilder builder =
                new ProcessBuilder(command.words()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new DemoNode(name, port, log, builder.start());
    }

    String name() {
        return name;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** @throws DemoFailed if the server ends, is not ready in time, or refuses the application */
    void awaitReady() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (!logText().contains(" ready in ")) {
            if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
                throw failure("ended with code " + process.exitValue() + " while it started");
            }
            if (System.nanoTime() - begun > START.toNanos()) {
                throw failure("was not ready within " + START.toMinutes() + " minutes");
            }
        }
        if (logText().contains("Exception while loading the app")) {
            throw failure("did not deploy the application");
        }
    }

    /**
     * The lines of the log in which Lockstep warns of something, such as a cache that is out of
     * reach.
     */
    List<String> warnings() throws IOException {
        return logText()
                .lines()
                .filter(line -> line.contains(" WARNING dev.lockstep."))
                .toList();
    }

    /** Completes when the process has ended. */
    CompletableFuture<Void> ended() {
        return process.onExit().thenAccept(ended -> {});
    }

    /** A failure of this node, with what its log says last. */
    DemoFailed failure(String what) {
        String lines = "\n%s, without stack traces, ends with:\n\n%s\n".formatted(log, String.join("\n", lastLines()));
        return new DemoFailed("node " + name + " " + what + "; its log is " + log, lines);
    }

    /** Asks the process to end, without waiting. */
    void signal() {
        process.destroy();
    }

    /** Ends the process, and returns when it is gone. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private List<String> lastLines() {
        try {
            List<String> lines = logText().lines().filter(DemoNode::says).toList();
            return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        } catch (IOException e) {
            return List.of("(unreadable: " + e.getMessage() + ")");
        }
    }

    /** Neither empty nor the middle of a stack trace. */
    private static boolean says(String line) {
        return !line.isBlank() && !line.startsWith("\t");
    }

    private String logText() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }
}

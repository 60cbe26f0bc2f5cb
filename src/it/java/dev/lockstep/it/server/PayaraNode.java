package dev.lockstep.it.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A Payara Micro of its own beside those that Arquillian manages, on loopback only. */
public final class PayaraNode implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String STARTED = "ready in";

    private final Path log;
    private final Process process;

    private PayaraNode(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /**
     * Starts it without waiting.
     *
     * @param directory for what it writes
     * @param options beside those for its address and port
     */
    public static PayaraNode start(Path directory, int port, List<String> options) throws IOException {
        Path log = directory.resolve("payara.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dh2.bindAddress=127.0.0.1",
                "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                "-jar",
                System.getProperty("it.payara.jar"),
                "--port",
                Integer.toString(port),
                "--nohazelcast",
                "--rootdir",
                directory.resolve("root").toString(),
                "--prebootcommandfile",
                System.getProperty("it.payara.preboot")));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new PayaraNode(log, process);
    }

    /** Waits until its applications are there. */
    public void awaitDeployment() {
        Awaitility.await().atMost(START).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("not started:\n" + log());
            }
            return log().contains(STARTED);
        });
    }

    public String log() throws IOException {
        return Files.readString(log, UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}

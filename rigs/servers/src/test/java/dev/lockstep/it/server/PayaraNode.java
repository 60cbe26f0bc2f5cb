package dev.lockstep.it.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.docs.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A Payara Micro of its own beside those that Arquillian manages, on loopback only. */
public final class PayaraNode implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final String STARTED = "ready in";

    /**
     * Calls the JVM of the test, with what a server of a test needs before and after what was asked
     * for.
     */
    private static final String JAVA = """
            #!/bin/sh
            exec '%s' %s "$@" %s
            """;

    private final Script.Running process;

    private PayaraNode(Script.Running process) {
        this.process = process;
    }

    /**
     * Starts it without waiting.
     *
     * @param script calls {@code java -jar payara-micro.jar}
     * @param directory where that is done, and for what it writes
     * @param more options, beside those for its address and port
     */
    public static PayaraNode start(Script script, Path directory, int port, List<String> more) throws IOException {
        Path commands = Files.createDirectories(directory.resolve("bin"));
        Path java = Files.writeString(commands.resolve("java"), java(directory, port, more), UTF_8);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(directory.resolve("payara-micro.jar"), Path.of(System.getProperty("it.payara.jar")));
        return new PayaraNode(script.in(directory).withCommands(commands).start());
    }

    private static String java(Path directory, int port, List<String> more) throws IOException {
        List<String> before = List.of(
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dh2.bindAddress=127.0.0.1",
                "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")));
        List<String> after = new ArrayList<>(List.of(
                "--port",
                Integer.toString(port),
                "--nohazelcast",
                "--rootdir",
                directory.resolve("root").toString(),
                "--prebootcommandfile",
                System.getProperty("it.payara.preboot")));
        after.addAll(more);
        return JAVA.formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                String.join(" ", before),
                String.join(" ", after));
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
        return process.output();
    }

    @Override
    public void close() {
        process.interrupt();
        process.close();
    }
}

package dev.lockstep.browser;

import dev.lockstep.process.GuardedProcess;
import dev.lockstep.process.Signals;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The demo, as a person starts it: two servers that stay up. */
final class RunningDemo implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final GuardedProcess launcher;
    private final int port;

    private RunningDemo(GuardedProcess launcher, int port) {
        this.launcher = launcher;
        this.port = port;
    }

    /** Returns when it has walked through its steps, and may be used. */
    static RunningDemo start() throws IOException {
        Path demo = Path.of(property("browser.demo"));
        Path target = Path.of(property("browser.target"));
        Path classes = demo.resolve("target/test-classes");
        int port = free();
        GuardedProcess launcher = GuardedProcess.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Ddemo.port=" + port,
                        "-cp",
                        classes + File.pathSeparator + jarOf(org.h2.Driver.class),
                        "dev.lockstep.demo.launcher.Main",
                        target.resolve("demo").toString(),
                        classes.toString(),
                        target.resolve("payara-micro.jar").toString(),
                        demo.resolve("target/lockstep-demo.war").toString(),
                        demo.resolve("server").toString()),
                target.resolve("demo.log").toFile());
        while (!launcher.readLine().contains("in a browser")) {
            // what it prints before is for people
        }
        return new RunningDemo(launcher, port);
    }

    /** Of the first server, without a slash at the end. */
    String a() {
        return "http://127.0.0.1:" + port;
    }

    String b() {
        return "http://127.0.0.1:" + (port + 1);
    }

    /** Has the second server stand still, as in a long garbage collection, until this is closed. */
    AutoCloseable pauseB() {
        ProcessHandle server = serverAt(port + 1);
        Signals.stop(server);
        return () -> Signals.send("CONT", List.of(server));
    }

    /** Of the processes that were started from here. */
    private static ProcessHandle serverAt(int port) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> commandLine(process).contains("\0--port\0" + port + "\0"))
                .findFirst()
                .orElseThrow();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    @Override
    public void close() {
        launcher.end("TERM", PATIENCE);
    }

    /** A port of which the next is free as well. */
    private static int free() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = first.getLocalPort();
                try (ServerSocket second = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
                    return port;
                } catch (IOException e) {
                    // the next one is taken: another pair
                }
            }
        }
    }

    private static String jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static String property(String name) {
        return Objects.requireNonNull(
                System.getProperty(name), () -> name + " is not set: run ./mvnw -Pbrowser verify");
    }
}

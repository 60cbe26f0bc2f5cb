package dev.lockstep.it.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A WildFly of its own beside the one that Arquillian manages: same installation, own base directory, ports and settings. */
public final class WildFlyNode implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String STARTED = "WFLYSRV0025";
    private static final String STARTED_WITH_ERRORS = "WFLYSRV0026";

    /** What the server's own start script opens of {@code java.base}. */
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.security",
            "java.util",
            "java.util.concurrent");

    private final Path log;
    private final Process process;

    private WildFlyNode(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /**
     * Starts it without waiting.
     *
     * @param properties system properties
     */
    public static WildFlyNode start(WildFlyBase base, Map<String, String> properties) throws IOException {
        Path log = base.directory().resolve("output.log");
        Process process = new ProcessBuilder(command(base, properties))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new WildFlyNode(log, process);
    }

    /** Waits until its applications are there. */
    public void awaitDeployment() {
        Awaitility.await().atMost(START).until(() -> {
            if (!process.isAlive() || log().contains(STARTED_WITH_ERRORS)) {
                throw new IllegalStateException("not deployed:\n" + log());
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

    private static List<String> command(WildFlyBase base, Map<String, String> properties) {
        Path directory = base.directory();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djboss.home.dir=" + base.home(),
                "-Djboss.server.base.dir=" + directory,
                "-Dorg.jboss.boot.log.file=" + directory.resolve("log").resolve("server.log"),
                "-Dlogging.configuration=file:"
                        + directory.resolve("configuration").resolve("logging.properties")));
        OPENED.forEach(each -> command.add("--add-opens=java.base/" + each + "=ALL-UNNAMED"));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-jar",
                base.home().resolve("jboss-modules.jar").toString(),
                "-mp",
                base.home().resolve("modules").toString(),
                "org.jboss.as.standalone"));
        return command;
    }
}

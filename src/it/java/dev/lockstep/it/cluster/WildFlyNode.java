package dev.lockstep.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A WildFly of its own beside the one that Arquillian manages: same installation, own base directory, ports and settings. */
final class WildFlyNode implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String STARTED = "WFLYSRV0025";
    private static final String STARTED_WITH_ERRORS = "WFLYSRV0026";

    private static final String DEPLOYMENT =
            "<deployments><deployment name='demo.war' runtime-name='demo.war'><fs-archive path='%s'/></deployment></deployments>";

    private final Path log;
    private final Process process;

    private WildFlyNode(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /**
     * Starts it with an application, without waiting.
     *
     * @param base is made, and holds all that it writes
     * @param databaseUrl where its default data source leads
     * @param war the application
     * @param properties system properties
     */
    static WildFlyNode start(Path base, String databaseUrl, Path war, Map<String, String> properties)
            throws IOException {
        Path home = Path.of(System.getProperty("it.wildfly.home"));
        configure(home, base, databaseUrl, war);
        Path log = base.resolve("output.log");
        Process process = new ProcessBuilder(command(home, base, properties))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new WildFlyNode(log, process);
    }

    /** Waits until the application is there. */
    void awaitDeployment() {
        Awaitility.await().atMost(START).until(() -> {
            if (!process.isAlive() || log().contains(STARTED_WITH_ERRORS)) {
                throw new IllegalStateException("not deployed:\n" + log());
            }
            return log().contains(STARTED);
        });
    }

    String log() throws IOException {
        return Files.readString(log, UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static void configure(Path home, Path base, String databaseUrl, Path war) throws IOException {
        Path from = home.resolve("standalone").resolve("configuration");
        Path to = Files.createDirectories(base.resolve("configuration"));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path configuration = to.resolve("standalone.xml");
        String text = Files.readString(configuration, UTF_8);
        String changed = text.replaceAll("jdbc:h2:mem:test;[^<]*", databaseUrl)
                .replaceFirst("</server>\\s*$", DEPLOYMENT.formatted(war.toAbsolutePath()) + "</server>");
        Files.writeString(configuration, changed, UTF_8);
    }

    private static List<String> command(Path home, Path base, Map<String, String> properties) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base,
                "-Dorg.jboss.boot.log.file=" + base.resolve("log").resolve("server.log"),
                "-Dlogging.configuration=file:" + base.resolve("configuration").resolve("logging.properties")));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone"));
        return command;
    }
}

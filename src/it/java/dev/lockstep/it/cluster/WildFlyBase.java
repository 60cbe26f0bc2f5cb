package dev.lockstep.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What tells one WildFly from others of the same installation: its configuration and what it writes.
 *
 * @param directory where that is
 */
record WildFlyBase(Path directory) {

    static final Path HOME = Path.of(System.getProperty("it.wildfly.home"));

    private static final String DEPLOYMENT =
            "<deployment name='%1$s' runtime-name='%1$s'><fs-archive path='%2$s'/></deployment>";

    /**
     * Makes one by the installation's own configuration.
     *
     * @param databaseUrl where its default data source leads
     * @param applications by the name of their deployment
     */
    static WildFlyBase make(Path directory, String databaseUrl, Map<String, Path> applications) throws IOException {
        Path from = HOME.resolve("standalone").resolve("configuration");
        Path to = Files.createDirectories(directory.resolve("configuration"));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        String deployments = applications.entrySet().stream()
                .map(each -> DEPLOYMENT.formatted(each.getKey(), each.getValue().toAbsolutePath()))
                .collect(Collectors.joining("", "<deployments>", "</deployments>"));
        Path configuration = to.resolve("standalone.xml");
        String text = Files.readString(configuration, UTF_8);
        String changed = text.replaceAll("jdbc:h2:mem:test;[^<]*", databaseUrl)
                .replaceFirst("</server>\\s*$", deployments + "</server>");
        Files.writeString(configuration, changed, UTF_8);
        return new WildFlyBase(directory);
    }

    /** Changes the configuration by commands, before a server runs with it. */
    void configure(Path commands) throws IOException, InterruptedException {
        Path script = directory.resolve("configure.cli");
        String text = "embed-server --server-config=standalone.xml\n%s\nstop-embedded-server\n";
        Files.writeString(script, text.formatted(Files.readString(commands, UTF_8)), UTF_8);
        ManagementCli.configure(this, script);
    }
}

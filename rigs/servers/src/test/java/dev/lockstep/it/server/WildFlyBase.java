package dev.lockstep.it.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What tells one WildFly from others of the same installation: its configuration and what it
 * writes.
 *
 * @param home where the installation is
 * @param directory where that is
 */
public record WildFlyBase(Path home, Path directory) {

    private static final String DEPLOYMENT =
            "<deployment name='%1$s' runtime-name='%1$s'><fs-archive path='%2$s'/></deployment>";

    /** Makes one by an installation's own configuration. */
    public static WildFlyBase make(Path home, Path directory) throws IOException {
        Path from = home.resolve("standalone").resolve("configuration");
        Path to = Files.createDirectories(directory.resolve("configuration"));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return new WildFlyBase(home, directory);
    }

    /**
     * Makes one by the configuration of the tests' installation.
     *
     * @param databaseUrl where its default data source leads
     * @param applications by the name of their deployment
     */
    public static WildFlyBase make(Path directory, String databaseUrl, Map<String, Path> applications)
            throws IOException {
        WildFlyBase base = make(Path.of(System.getProperty("it.wildfly.home")), directory);
        String deployments = applications.entrySet().stream()
                .map(each -> DEPLOYMENT.formatted(each.getKey(), each.getValue().toAbsolutePath()))
                .collect(Collectors.joining("", "<deployments>", "</deployments>"));
        Path configuration = directory.resolve("configuration").resolve("standalone.xml");
        String text = Files.readString(configuration, UTF_8);
        String changed = text.replaceAll("jdbc:h2:mem:test;[^<]*", databaseUrl)
                .replaceFirst("</server>\\s*$", deployments + "</server>");
        Files.writeString(configuration, changed, UTF_8);
        return base;
    }

    /** Changes the configuration by commands, before a server runs with it. */
    public void configure(String commands) throws IOException, InterruptedException {
        Path script = directory.resolve("configure.cli");
        String text = "embed-server --server-config=standalone.xml\n%s\nstop-embedded-server\n";
        Files.writeString(script, text.formatted(commands), UTF_8);
        ManagementCli.configure(this, script);
    }
}

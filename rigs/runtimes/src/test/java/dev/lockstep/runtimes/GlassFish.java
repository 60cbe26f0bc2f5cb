package dev.lockstep.runtimes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * GlassFish.
 *
 * @param home where it is unpacked
 */
record GlassFish(Path home) implements Server {

    private static final String DOMAIN = "domains/domain1";

    @Override
    public List<String> setUp(ServerFolder site) throws IOException {
        Path domain = site.make(DOMAIN);
        ServerFolder.copy(home.resolve("glassfish").resolve(DOMAIN), domain);
        Path config = domain.resolve("config/domain.xml");
        String options = site.settings().stream()
                .filter(option -> !option.startsWith("-Xmx"))
                .map(option -> "<jvm-options>" + option + "</jvm-options>")
                .collect(Collectors.joining());
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("0.0.0.0", "127.0.0.1")
                        .replace("<network-listener port", "<network-listener address=\"127.0.0.1\" port")
                        .replace("port=\"8080\"", "port=\"" + site.port() + "\"")
                        .replaceAll("(<java-config[^>]*>)", "$1" + options));
        return List.of(
                site.java().toString(),
                "-jar",
                home.resolve("glassfish/modules/admin-cli.jar").toString(),
                "start-domain",
                "--verbose",
                "--domaindir",
                site.folder().resolve("domains").toString(),
                "domain1");
    }

    @Override
    public Map<String, String> environment(ServerFolder site) {
        String java = site.java().getParent().getParent().toString();
        return Map.of("JAVA_HOME", java, "AS_JAVA", java);
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder().resolve(DOMAIN).resolve("autodeploy");
    }
}

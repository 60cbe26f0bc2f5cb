package dev.lockstep.runtimes;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import dev.lockstep.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * GlassFish.
 *
 * @param home where it is unpacked
 */
record GlassFish(Path home) implements Server {

    private static final Block SETTINGS = Block.printed("docs/howto/glassfish.md", "properties", 1);
    private static final Block START = Block.printed("docs/howto/glassfish.md", "sh", 1);
    /** Else nobody would know the process; so the shell stays, whatever fails. */
    private static final String IN_FOREGROUND =
            "set +e\nasadmin start-domain --verbose &\nuntil asadmin uptime >/dev/null 2>&1; do sleep 1; done";

    private static final String DOMAIN = "glassfish/domains/domain1";

    @Override
    public Script setUp(ServerFolder site) throws IOException {
        site.offerDriver();
        return setUp(home, START.text().replace("asadmin start-domain", IN_FOREGROUND) + "wait", site);
    }

    /** GlassFish, or what is made of it, with a domain of its own. */
    static Script setUp(Path home, String start, ServerFolder site) throws IOException {
        site.make("glassfish/domains");
        Path domain = site.folder().resolve(DOMAIN);
        Directories.copy(home.resolve(DOMAIN), domain);
        Files.createDirectories(domain.resolve("autodeploy"));
        Path config = domain.resolve("config/domain.xml");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("0.0.0.0", "127.0.0.1")
                        .replace("<network-listener port", "<network-listener address=\"127.0.0.1\" port")
                        .replace("port=\"8080\"", "port=\"" + site.port() + "\"")
                        .replace(
                                "<hazelcast-config-specific-configuration",
                                "<hazelcast-config-specific-configuration enabled=\"false\"")
                        .replaceAll("(<java-config[^>]*>)", "$1<jvm-options>-XX:TieredStopAtLevel=1</jvm-options>"));
        return site.script(new Script(site.database().adapt(start))
                        .replace(
                                "start-domain",
                                "start-domain --domaindir " + site.folder().resolve("glassfish/domains")))
                .withCommands(home.resolve("bin"))
                .with("AS_JAVA", site.java().toString());
    }

    @Override
    public String settings() {
        return SETTINGS.text();
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder().resolve(DOMAIN).resolve("autodeploy");
    }

    @Override
    public int tooNewJava() {
        return 25;
    }
}

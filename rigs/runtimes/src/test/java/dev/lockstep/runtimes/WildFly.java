package dev.lockstep.runtimes;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import dev.lockstep.process.Directories;
import java.io.IOException;
import java.nio.file.Path;

/**
 * WildFly, and WildFly Preview.
 *
 * @param home where it is unpacked
 */
record WildFly(Path home) implements Server {

    private static final Block COMMANDS = Block.printed("docs/howto/wildfly.md", "cli", 1);
    private static final Block SETTINGS = Block.printed("docs/howto/wildfly.md", "properties", 1);
    private static final String EMBEDDED = "embed-server --server-config=standalone.xml\n%sstop-embedded-server\n";

    private static final String FIRST_PORT = "8080";

    @Override
    public Script setUp(ServerFolder site) throws IOException {
        // of an earlier run
        Directories.delete(home.resolve("modules/org/postgresql"));
        Directories.copy(home.resolve("standalone/configuration"), site.folder().resolve("configuration"));
        site.make("deployments");
        site.offerDriver();
        site.write("sessions.cli", EMBEDDED.formatted(COMMANDS.text()));
        site.script(new Script("$JBOSS_HOME/bin/jboss-cli.sh --file=sessions.cli"))
                .with("JBOSS_HOME", home.toString())
                .with("JAVA_OPTS", "-Djboss.server.base.dir=" + site.folder())
                .run();
        int offset = site.port() - Integer.parseInt(FIRST_PORT);
        return site.script(new Script("cp shop.war deployments; $JBOSS_HOME/bin/standalone.sh"))
                .with("JBOSS_HOME", home.toString())
                .with("JBOSS_BASE_DIR", site.folder().toString())
                .with("JAVA_OPTS", "-Djboss.socket.binding.port-offset=" + offset);
    }

    @Override
    public String settings() {
        return SETTINGS.text();
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder().resolve("deployments");
    }
}

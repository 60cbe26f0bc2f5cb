package dev.lockstep.runtimes;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Payara Server.
 *
 * @param home where it is unpacked
 */
record Payara(Path home) implements Server {

    static final Block POOL = Block.printed("docs/howto/payara.md", "asadmin", 1);
    static final Block SETTINGS = Block.printed("docs/howto/payara.md", "properties", 1);
    private static final Block START = Block.printed("docs/howto/payara.md", "sh", 2);

    @Override
    public Script setUp(ServerFolder site) throws IOException {
        Script script = GlassFish.setUp(home, START.text(), site);
        site.write("sessions.asadmin", POOL.text());
        site.offerDriver();
        return script;
    }

    @Override
    public String settings() {
        return SETTINGS.text();
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder().resolve("glassfish/domains/domain1/autodeploy");
    }
}

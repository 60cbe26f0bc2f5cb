package dev.lockstep.runtimes;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Open Liberty.
 *
 * @param home where it is unpacked
 */
record Liberty(Path home) implements Server {

    private static final Block SERVER = Block.printed("docs/howto/liberty.md", "xml", 1);
    private static final Block SETTINGS = Block.printed("docs/howto/liberty.md", "properties", 1);
    private static final Block START = Block.printed("docs/howto/liberty.md", "sh", 1);

    @Override
    public Script setUp(ServerFolder site) throws IOException {
        site.write(
                "server.xml",
                SERVER.text()
                        .replace("httpPort=\"9080\"", "httpPort=\"" + site.port() + "\"")
                        .replace("host=\"*\"", "host=\"127.0.0.1\""));
        site.offerDriver();
        return site.script(new Script(START))
                .with("WLP_HOME", home.toString())
                .with("WLP_USER_DIR", site.folder().toString());
    }

    @Override
    public String settings() {
        return SETTINGS.text();
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder().resolve("servers/shop/dropins");
    }
}

package dev.lockstep.runtimes;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Jetty 12.
 *
 * @param home where it is unpacked
 * @param edition of Jakarta EE: {@code ee10} or {@code ee11}
 */
record Jetty(Path home, String edition) implements ServletContainer {

    private static final Block START = Block.printed("docs/howto/jetty.md", "sh", 1);

    @Override
    public Script setUp(ServerFolder site) throws IOException {
        String start = site.database().adapt(START.text()).replace("ee10", edition);
        return site.script(new Script(start), "-Djetty.http.host=127.0.0.1", "-Djetty.http.port=" + site.port())
                .with("JETTY_HOME", home.toString());
    }
}

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
record Jetty(Path home, String edition) implements Server {

    /** Jetty's page says that the WAR is Tomcat's. */
    private static final Block SETTINGS = Block.printed("docs/howto/tomcat.md", "properties", 1);

    private static final Block START = Block.printed("docs/howto/jetty.md", "sh", 1);

    @Override
    public Script setUp(ServerFolder site) throws IOException {
        String start = site.database().adapt(START.text()).replace("ee10", edition);
        return site.script(new Script(start), "-Djetty.http.host=127.0.0.1", "-Djetty.http.port=" + site.port())
                .with("JETTY_HOME", home.toString());
    }

    @Override
    public String settings() {
        return SETTINGS.text();
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder().resolve("webapps");
    }

    @Override
    public boolean isJakartaServer() {
        return false;
    }
}

package dev.lockstep.runtimes;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import java.nio.file.Path;

/**
 * TomEE 10 as a library.
 *
 * @param jars where it and what it needs are
 */
record EmbeddedTomEe(Path jars) implements Server {

    private static final Block START = Block.printed("docs/howto/tomee.md", "sh", 2);

    @Override
    public Script setUp(ServerFolder site) {
        return site.script(new Script(site.database().adapt(START.text()))
                .replace("tomee/*", jars + "/*")
                .replace("--port 8080", "--host 127.0.0.1 --shutdown -1 --directory base --port " + site.port()));
    }

    /** The page says that the WAR is Tomcat's but for CDI. */
    @Override
    public String settings() {
        return ServletContainer.SETTINGS.text();
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder();
    }

    @Override
    public boolean watches() {
        return false;
    }

    /** It sets a policy of the security manager, as no later one allows. */
    @Override
    public int tooNewJava() {
        return 24;
    }
}

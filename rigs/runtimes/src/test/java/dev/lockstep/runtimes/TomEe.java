package dev.lockstep.runtimes;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * TomEE.
 *
 * @param home where it is unpacked
 */
record TomEe(Path home) implements Server {

    private static final Block RESOURCE = Block.printed("docs/howto/tomee.md", "xml", 1);
    private static final Block REFERENCE = Block.printed("docs/howto/tomee.md", "xml", 2);
    private static final Block SETTINGS = Block.printed("docs/howto/tomee.md", "properties", 1);
    private static final Block START = Block.printed("docs/howto/tomee.md", "sh", 1);

    @Override
    public Script setUp(ServerFolder site) throws IOException {
        Script script = Tomcat.setUp(home, START, site);
        site.write("conf/tomee.xml", RESOURCE.text());
        site.offerDriver();
        return script;
    }

    @Override
    public String settings() {
        return SETTINGS.text();
    }

    @Override
    public Map<String, String> files() {
        return Map.of("WEB-INF/web.xml", REFERENCE.text());
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder().resolve("webapps");
    }

    /** It sets a policy of the security manager, as no later one allows. */
    @Override
    public int tooNewJava() {
        return 24;
    }
}

package dev.lockstep.runtimes;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import dev.lockstep.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tomcat.
 *
 * @param home where it is unpacked
 */
record Tomcat(Path home) implements ServletContainer {

    private static final Block START = Block.printed("docs/howto/tomcat.md", "sh", 1);

    @Override
    public Script setUp(ServerFolder site) throws IOException {
        return setUp(home, START, site);
    }

    /** Tomcat, or what is made of it, with a folder of its own. */
    static Script setUp(Path home, Block start, ServerFolder site) throws IOException {
        Directories.copy(home.resolve("conf"), site.folder().resolve("conf"));
        java.util.List.of("webapps", "logs", "temp", "work", "lib").forEach(site::make);
        String server = Files.readString(home.resolve("conf/server.xml"))
                .replace("<Server port=\"8005\"", "<Server port=\"-1\"")
                .replace("port=\"8080\"", "address=\"127.0.0.1\" port=\"" + site.port() + "\"")
                .replace("<Engine ", "<Engine backgroundProcessorDelay=\"1\" ");
        Files.writeString(site.folder().resolve("conf/server.xml"), server);
        return site.script(new Script(site.database().adapt(start.text())))
                .with("CATALINA_HOME", home.toString())
                .with("CATALINA_BASE", site.folder().toString());
    }
}

package dev.lockstep.runtimes;

import dev.lockstep.docs.Block;
import java.nio.file.Path;

/** A server that has Servlets and little else. Tomcat's page prints the application for all. */
interface ServletContainer extends Server {

    Block SETTINGS = Block.printed("docs/howto/tomcat.md", "properties", 1);

    @Override
    default String settings() {
        return SETTINGS.text();
    }

    @Override
    default Path applications(ServerFolder site) {
        return site.folder().resolve("webapps");
    }

    @Override
    default boolean isJakartaServer() {
        return false;
    }
}

package dev.lockstep.runtimes;

import dev.lockstep.docs.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A kind of server, set up in a folder of its own by what its page prints. */
interface Server {

    /**
     * Sets the server up.
     *
     * @return what starts it in the foreground, with the application {@code shop.war} of the folder
     */
    Script setUp(ServerFolder site) throws IOException, InterruptedException;

    /** The application's configuration as the page prints it. */
    String settings();

    /** Where it looks for applications. */
    Path applications(ServerFolder site);

    /** What a page adds to the application: texts by their names in the WAR. */
    default Map<String, String> files() {
        return Map.of();
    }

    /** Whether it deploys and undeploys what comes and goes there; else it is started again. */
    default boolean watches() {
        return true;
    }

    /** Whether it has CDI, MicroProfile Config, Jakarta REST and the like. */
    default boolean isJakartaServer() {
        return true;
    }

    /** The oldest Java that it runs on. */
    default int oldestJava() {
        return 17;
    }

    /** The first Java that it does not run on. */
    default int tooNewJava() {
        return Integer.MAX_VALUE;
    }
}

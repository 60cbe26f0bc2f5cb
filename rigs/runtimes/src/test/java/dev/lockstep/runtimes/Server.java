package dev.lockstep.runtimes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A kind of server, and how it is run in a folder of its own. */
interface Server {

    /** Sets the server up, and returns the command that starts it in the foreground. */
    List<String> setUp(ServerFolder site) throws IOException;

    /** Where it looks for applications. */
    Path applications(ServerFolder site);

    /** Variables of the environment that it needs. */
    default Map<String, String> environment(ServerFolder site) {
        return Map.of();
    }

    /** Whether it deploys and undeploys what comes and goes there; else it is started again. */
    default boolean watches() {
        return true;
    }

    /** Whether it has Jakarta REST. */
    default boolean hasRest() {
        return true;
    }
}

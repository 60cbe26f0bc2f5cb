package dev.lockstep.it.server;

import dev.lockstep.docs.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A WildFly of its own beside the one that Arquillian manages: same installation, own base
 * directory, ports and settings.
 */
public final class WildFlyNode implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final String STARTED = "WFLYSRV0025";
    private static final String STARTED_WITH_ERRORS = "WFLYSRV0026";

    private final Script.Running process;

    private WildFlyNode(Script.Running process) {
        this.process = process;
    }

    /**
     * Starts it without waiting.
     *
     * @param properties system properties
     */
    public static WildFlyNode start(WildFlyBase base, Map<String, String> properties) throws IOException {
        return start(new Script("bin/standalone.sh"), base, properties);
    }

    /**
     * Likewise.
     *
     * @param script calls {@code bin/standalone.sh}
     */
    public static WildFlyNode start(Script script, WildFlyBase base, Map<String, String> properties)
            throws IOException {
        return start(script, base, "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1", properties);
    }

    /** Likewise, of a server that is to be as quick as it is in production. */
    public static WildFlyNode measured(WildFlyBase base, Map<String, String> properties) throws IOException {
        return start(new Script("bin/standalone.sh"), base, "-Xms768m -Xmx768m", properties);
    }

    private static WildFlyNode start(Script script, WildFlyBase base, String options, Map<String, String> properties)
            throws IOException {
        String given = properties.entrySet().stream()
                .map(each -> " -D" + each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining());
        return new WildFlyNode(script.in(base.home())
                .with("JBOSS_BASE_DIR", base.directory().toString())
                .with("JAVA_OPTS", options + given)
                .start());
    }

    /** Waits until its applications are there. */
    public void awaitDeployment() {
        Awaitility.await().atMost(START).until(() -> {
            if (!process.isAlive() || log().contains(STARTED_WITH_ERRORS)) {
                throw new IllegalStateException("not deployed:\n" + log());
            }
            return log().contains(STARTED);
        });
    }

    public String log() throws IOException {
        return process.output();
    }

    @Override
    public void close() {
        process.interrupt();
        process.close();
    }
}

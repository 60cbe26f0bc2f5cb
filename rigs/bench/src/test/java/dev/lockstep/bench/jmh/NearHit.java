package dev.lockstep.bench.jmh;

import dev.lockstep.SessionManager;
import dev.lockstep.cdi.DeployedListeners;
import dev.lockstep.web.HeaderLookup;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** From a new header to the session, cached and live. */
public class NearHit extends Call {

    @Param("1000")
    int sessions;

    @Param("0")
    int revoked;

    /** {@code deployed}, or {@code none}. */
    @Param("deployed")
    String listener;

    private Population population;
    private SessionManager manager;
    private Headers headers;

    @Setup
    public void open() {
        population = Population.of(sessions, revoked, DeployedListeners.named(listener))
                .used();
        manager = population.node().sessions();
        headers = Headers.bearing(population.tokens());
    }

    @TearDown
    public void close() {
        population.close();
    }

    @Override
    @Nullable
    Object once() {
        return HeaderLookup.find(manager, headers.next());
    }
}

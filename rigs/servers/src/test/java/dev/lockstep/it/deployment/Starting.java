package dev.lockstep.it.deployment;

import dev.lockstep.SessionManager;
import dev.lockstep.SessionOpened;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Opens a session as early as a bean can, and is told of sessions. */
@ApplicationScoped
public class Starting {

    static final List<String> OPENED = new CopyOnWriteArrayList<>();
    static final List<String> FAILURES = new CopyOnWriteArrayList<>();

    @Inject
    SessionManager sessions;

    void started(@Observes Startup event) {
        try {
            sessions.open("at start", Set.of());
        } catch (RuntimeException e) {
            FAILURES.add(String.valueOf(e.getMessage()));
        }
    }

    void opened(@ObservesAsync SessionOpened event) {
        OPENED.add(event.session().principal());
    }
}

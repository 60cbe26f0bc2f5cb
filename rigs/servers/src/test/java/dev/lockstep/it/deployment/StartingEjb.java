package dev.lockstep.it.deployment;

import dev.lockstep.SessionManager;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Opens a session while the server starts the application's EJBs. */
@Singleton
@Startup
public class StartingEjb {

    static final List<String> OUTCOMES = new CopyOnWriteArrayList<>();

    @Inject
    SessionManager sessions;

    @PostConstruct
    void start() {
        try {
            OUTCOMES.add(sessions.open("an EJB", Set.of()).session().principal());
        } catch (RuntimeException e) {
            OUTCOMES.add(String.valueOf(e.getMessage()));
        }
    }
}

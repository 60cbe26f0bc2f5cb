package dev.lockstep.it;

import dev.lockstep.SessionManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.Set;

/** A bean that opens a session as soon as CDI begins. */
@ApplicationScoped
public class AtCdiStart {

    @Inject
    SessionManager sessions;

    private String opened = "";

    void open(@Observes Startup event) {
        opened = sessions.open("at start", Set.of()).session().id();
    }

    String opened() {
        return opened;
    }
}

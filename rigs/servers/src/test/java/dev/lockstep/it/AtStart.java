package dev.lockstep.it;

import dev.lockstep.SessionManager;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.Set;

/** An enterprise bean that opens a session as soon as the application begins. */
@Startup
@Singleton
public class AtStart {

    @Inject
    SessionManager sessions;

    private String opened = "";

    @PostConstruct
    void open() {
        opened = sessions.open("at start", Set.of()).session().id();
    }

    public String opened() {
        return opened;
    }
}

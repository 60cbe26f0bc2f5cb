package dev.lockstep.it.sessions;

import dev.lockstep.SessionRevoked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application's observer. */
@ApplicationScoped
public class RevocationResource {

    private final List<String> sessionIds = new CopyOnWriteArrayList<>();

    void revoked(@Observes SessionRevoked event) {
        sessionIds.add(event.sessionId());
    }

    List<String> sessionIds() {
        return sessionIds;
    }
}

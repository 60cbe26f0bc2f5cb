package dev.lockstep.cdi;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** An application on Weld SE in a class loader that lacks libraries; run by its name. */
public final class LoginAndLogout implements Callable<String> {

    @Override
    public String call() {
        try (SeApplication application = SeApplication.start(Map.of())) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());
            sessions.revoke(issued.token());
            return sessions.find(issued.token()).isEmpty() ? "revoked" + missing() : "alive";
        }
    }

    private static String missing() {
        try {
            return "; has " + Class.forName("org.eclipse.microprofile.health.HealthCheck");
        } catch (ClassNotFoundException e) {
            return "; none of HealthCheck";
        }
    }
}

package dev.lockstep.web;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenRefused;
import dev.lockstep.config.PathPattern;
import dev.lockstep.config.WebConfig;
import dev.lockstep.config.WebConfig.GroupRule;
import dev.lockstep.web.probe.ProbeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Until the CDI part is there. */
public class TemporaryServices implements WebServices {
    static final StandIn IT = new StandIn(web());

    @RequestScoped
    public static class Now implements CurrentSession {
        Session session;
        SessionToken token;

        @Override
        public Optional<Session> session() {
            return Optional.ofNullable(session);
        }

        @Override
        public Optional<SessionToken> token() {
            return Optional.ofNullable(token);
        }

        void set(Session session, SessionToken token) {
            this.session = session;
            this.token = token;
        }
    }

    @ApplicationScoped
    public static class Beans {
        @Produces
        @ApplicationScoped
        SessionManager manager() {
            return IT;
        }
    }

    public static void fail(boolean fail) {
        IT.failWith(fail ? new StoreUnavailableException("x", null) : null);
    }

    @Override
    public WebConfig config() {
        return IT.config();
    }

    @Override
    public SessionManager sessions() {
        return CDI.current().select(SessionManager.class).get();
    }

    @Override
    public void establish(Session session, SessionToken token) {
        CDI.current().select(Now.class).get().set(session, token);
    }

    @Override
    public void refused(TokenRefused refusal) {
        IT.refused(refusal);
    }

    private static WebConfig web() {
        return new WebConfig(
                patterns("lockstep.web.protect"),
                patterns("lockstep.web.permit"),
                GroupRule.parseAll(elements("lockstep.web.require")),
                patterns("lockstep.web.confirm"),
                String.valueOf(ProbeConfig.CONFIG.get("lockstep.web.realm")));
    }

    private static List<PathPattern> patterns(String key) {
        return elements(key).stream().map(PathPattern::parse).toList();
    }

    private static List<String> elements(String key) {
        return Arrays.asList(String.valueOf(ProbeConfig.CONFIG.get(key)).split(","));
    }
}

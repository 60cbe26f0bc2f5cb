package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionConnections;
import dev.lockstep.SessionManager;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two nodes keep open for sessions that they share. */
class SessionConnectionsTest {

    private final Map<String, String> settings = Map.of(
            "lockstep.store.url", "jdbc:h2:mem:connections" + System.nanoTime() + ";DB_CLOSE_DELAY=-1",
            "lockstep.session.absolute-timeout", "1h",
            "lockstep.lease", "400ms");
    private final SeApplication here = SeApplication.start(settings);
    private final SeApplication there = SeApplication.start(settings);
    private final AtomicBoolean closedHere = new AtomicBoolean();
    private final AtomicBoolean closedThere = new AtomicBoolean();
    private final AtomicBoolean bobsClosed = new AtomicBoolean();
    private final SessionManager sessions = here.get(SessionManager.class);
    private final IssuedToken alice = sessions.open("alice", Set.of());

    @BeforeEach
    void open() {
        register(here, alice.session(), closedHere);
        register(there, alice.session(), closedThere);
        register(there, sessions.open("bob", Set.of()).session(), bobsClosed);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void aLogoutOfATokenEndsThemOnEveryNode() {
        endsThem((manager, session) -> manager.revoke(alice.token()));
    }

    @Test
    void aLogoutByIdentifierEndsThemOnEveryNode() {
        endsThem((manager, session) -> manager.revokeById(session.id()));
    }

    @Test
    void aLogoutOfAPrincipalEndsThemOnEveryNode() {
        endsThem((manager, session) -> manager.revokeAll("alice"));
    }

    @Test
    void aLogoutOfAllEndsThemOnEveryNode() {
        sessions.revokeEverything();

        await().untilTrue(closedHere);
        await().untilTrue(closedThere);
        await().untilTrue(bobsClosed);
    }

    @Test
    void afterARotationTheyEndWithTheNewToken() {
        IssuedToken rotated = sessions.rotate(alice.token()).orElseThrow();
        endsThem((manager, session) -> manager.revoke(rotated.token()));
    }

    private void endsThem(BiConsumer<SessionManager, Session> logout) {
        logout.accept(sessions, alice.session());

        await().untilTrue(closedHere);
        await().untilTrue(closedThere);
        assertThat(bobsClosed).isFalse();
    }

    private static void register(SeApplication node, Session session, AtomicBoolean closed) {
        node.get(SessionConnections.class).register(session, () -> closed.set(true));
    }
}

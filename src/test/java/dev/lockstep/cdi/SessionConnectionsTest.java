package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionConnections;
import dev.lockstep.SessionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two nodes keep open for sessions that they share. */
class SessionConnectionsTest {

    private static final int RACES = 200;

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

    /** Whichever is first, and whichever node does what. */
    @Test
    void whatIsRegisteredWhileAnotherNodeRevokesIsClosed() throws Exception {
        SessionManager revoking = there.get(SessionManager.class);
        SessionConnections registering = here.get(SessionConnections.class);
        Set<String> closed = ConcurrentHashMap.newKeySet();
        List<Callable<Object>> races = new ArrayList<>();
        for (int i = 0; i < RACES; i++) {
            Session session = sessions.open("user " + i, Set.of()).session();
            Runnable revoke = () -> revoking.revokeById(session.id());
            Runnable register = () -> registering.register(session, () -> closed.add(session.id()));
            races.addAll(List.of(Executors.callable(revoke), Executors.callable(register)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Object> race : threads.invokeAll(races)) {
                race.get();
            }
        } finally {
            threads.shutdown();
        }
        await().until(() -> closed.size() == RACES);
        assertThat(closedHere).isFalse();
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

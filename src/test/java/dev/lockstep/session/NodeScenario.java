package dev.lockstep.session;

import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionManager;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Nodes with real threads beside a store that is one map and counts its reads. */
abstract class NodeScenario {

    /** No machine is so slow that it runs out in the middle of a test. */
    static final Duration LEASE = Duration.ofSeconds(60);

    final CountingStore store = new CountingStore();
    final RecordedEvents events = new RecordedEvents();
    NodeClock clock = NodeClock.SYSTEM;
    NodeListener observer = NodeListener.NONE;
    ApplicationKey key = ApplicationKey.absent("test");
    private final List<SessionNode> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(SessionNode::close);
    }

    /**
     * The first session may be opened before the first lease, and its copy lie below the floor; a
     * find repairs that.
     */
    final IssuedToken openOnceLeased(SessionManager sessions) {
        IssuedToken issued = sessions.open("alice", Set.of("user"));
        await().until(() -> {
            int before = store.reads();
            sessions.find(issued.token());
            return store.reads() == before;
        });
        return issued;
    }

    final SessionManager node(@Nullable SessionCache near, @Nullable SessionCache shared, Duration lease) {
        SessionNode node = new SessionNode(
                "test",
                SessionSettings.of(
                        RevocationSettings.of("node of a test", lease, Duration.ofMillis(100), Duration.ofSeconds(5))),
                store,
                key,
                new LayeredCache(near, shared, Duration.ofMinutes(15), clock, observer),
                null,
                events,
                clock,
                Executors.defaultThreadFactory(),
                observer);
        nodes.add(node);
        node.start();
        return node.manager();
    }
}

package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.DerivedKey;
import dev.lockstep.key.KeyPurpose;
import dev.lockstep.spi.KeyRingStore.Former;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deployments that share a database, while their key is replaced as leaked. */
class LeakedKeyTest {

    private final Map<String, String> shared = Map.of(
            "lockstep.application", "/shop",
            "lockstep.store.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
            "lockstep.lease", "PT60S",
            "lockstep.poll", "PT30S");

    @Test
    void whoLogsInAtANodeThatHasJustStartedIsKnownToOneThatHasNotPolledSince() {
        try (SeApplication replacing = SeApplication.start(shared)) {
            try (SeApplication stale = SeApplication.start(shared)) {
                ApplicationKey staleKey = stale.deployment().key();
                await().until(() -> staleKey.known().coversEverySession());
                long former = inForce(staleKey);

                long next = replacing.deployment().key().replace(Former.LEAKED);

                try (SeApplication started = SeApplication.start(shared)) {
                    assertThat(inForce(started.deployment().key())).isEqualTo(next);
                    IssuedToken issued = started.get(SessionManager.class).open("alice", Set.of());
                    SessionManager sessions = stale.get(SessionManager.class);
                    assertThat(sessions.find(issued.token())).contains(issued.session());
                    assertThat(sessions.findConfirmed(issued.token())).isPresent();
                }
                assertThat(inForce(staleKey)).as("it has not polled since").isEqualTo(former);
                assertThat(staleKey.known().coversEverySession())
                        .as("it refuses by tags")
                        .isTrue();
            }
        }
    }

    private static long inForce(ApplicationKey key) {
        return key.all(KeyPurpose.COPY).stream()
                .map(DerivedKey::version)
                .findFirst()
                .orElseThrow();
    }
}

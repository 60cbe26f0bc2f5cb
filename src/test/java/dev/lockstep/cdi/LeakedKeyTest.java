package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.DerivedKey;
import dev.lockstep.key.KeyPurpose;
import dev.lockstep.spi.KeyRingStore.Former;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deployments that share a database, while their key is replaced as leaked. */
class LeakedKeyTest {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final Map<String, String> shared = Map.of(
            "lockstep.application", "/shop",
            "lockstep.store.url", url,
            "lockstep.lease", "PT60S",
            "lockstep.poll", "PT30S");

    @Test
    void whoLogsInAtANodeThatHasJustStartedIsKnownToOneThatHasNotPolledSince() throws Exception {
        try (SeApplication replacing = SeApplication.start(shared)) {
            makeTheKeyOld();
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

    private void makeTheKeyOld() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE lockstep_key SET created_at = 1"))
                    .isOne();
        }
    }

    private static long inForce(ApplicationKey key) {
        return key.all(KeyPurpose.COPY).stream()
                .map(DerivedKey::version)
                .findFirst()
                .orElseThrow();
    }
}

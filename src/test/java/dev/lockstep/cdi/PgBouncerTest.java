package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.monitoring.NodeSnapshot.ChannelState;
import dev.lockstep.process.PgBouncer;
import dev.lockstep.store.jdbc.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two nodes behind a real PgBouncer, as docs/howto/postgresql.md has it. Needs that program: {@code
 * -Dpgbouncer} has it run among all the others.
 */
class PgBouncerTest {

    private static final String CHANNEL = "dev.lockstep.store.jdbc.NotificationChannel";

    /** By polls alone the logouts would take a minute each. */
    private static final Map<String, String> SELDOM = Map.of("lockstep.lease", "1m", "lockstep.poll", "1m");

    private static final int LOGOUTS = 20;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final String database = TestDatabase.createPostgres();

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void inSessionModeTheNodesPokeEachOther() throws Exception {
        try (PgBouncer bouncer = PgBouncer.start(TestDatabase.postgresPort(), "session");
                SeApplication here = node(bouncer, SELDOM);
                SeApplication there = node(bouncer, SELDOM)) {
            await().atMost(LONG)
                    .until(() -> channel(here).up() && channel(there).up());
            for (int i = 0; i < LOGOUTS; i++) {
                assertLogoutHolds(here, there);
            }
        }
    }

    @Test
    void inTransactionModeTheySaySoOnceAndPoll() throws Exception {
        try (CapturedLog log = new CapturedLog(CHANNEL);
                PgBouncer bouncer = PgBouncer.start(TestDatabase.postgresPort(), "transaction");
                SeApplication here = node(bouncer, Map.of());
                SeApplication there = node(bouncer, Map.of())) {
            await().atMost(LONG).until(() -> log.messages().size() >= 2);
            for (int i = 0; i < LOGOUTS; i++) {
                assertLogoutHolds(here, there);
            }

            assertThat(log.messages())
                    .hasSize(2)
                    .allMatch(
                            line -> line.startsWith("LOCKSTEP-0140 ") && line.contains("nothing that is sent arrives"));
            assertThat(channel(here).name()).isEqualTo("postgresql");
            assertThat(channel(here).up() || channel(there).up()).isFalse();
        }
    }

    private static void assertLogoutHolds(SeApplication here, SeApplication there) {
        SessionManager atHome = here.get(SessionManager.class);
        SessionManager abroad = there.get(SessionManager.class);
        IssuedToken issued = atHome.open("alice", Set.of());
        assertThat(abroad.find(issued.token())).isPresent();

        assertThat(atHome.revoke(issued.token()).waitedOut()).isEmpty();

        assertThat(abroad.find(issued.token())).isEmpty();
    }

    private static ChannelState channel(SeApplication application) {
        return application.deployment().status().now().channel();
    }

    private SeApplication node(PgBouncer bouncer, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("lockstep.store.url", bouncer.url(database));
        all.put("lockstep.store.user", "postgres");
        return SeApplication.start(all);
    }
}

package dev.lockstep.store.jdbc;

import static dev.lockstep.contract.Samples.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Each call is one round trip, transactions included: that is what a call costs, and between two
 * round trips nothing is ever locked, so a node that is stopped at the worst moment holds up no
 * other.
 */
class PostgresRoundTripsTest {

    private static final Duration LEASE = Duration.ofSeconds(2);

    /** By then the driver lets the server keep the statements prepared. */
    private static final int WARM = 8;

    @Test
    void everyCallIsOneRoundTrip() throws Exception {
        String name = TestDatabase.createPostgres();
        try (TestDatabase database = TestDatabase.postgres(name);
                TurnCounter counter = new TurnCounter(TestDatabase.postgresPort());
                Connection connection = through(counter, name)) {
            JdbcStore.open(database.dataSource(), "/shop", StoreSettings.DEFAULTS, Executors.defaultThreadFactory())
                    .close();
            StoreSettings settings = StoreSettings.DEFAULTS.withSchema(SchemaMode.NONE);
            try (JdbcStore store = JdbcStore.open(
                    new OneConnection(connection).dataSource(), "/shop", settings, Executors.defaultThreadFactory())) {
                // looks at the server's statistics as well, once a minute
                store.deleteExpired(Instant.EPOCH);
                for (int i = 0; i < WARM; i++) {
                    useAll(store, counter, i);
                }
            }
        }
    }

    private static void useAll(JdbcStore store, TurnCounter counter, int round) {
        List<RevocationTarget> batch = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            batch.add(new OfToken(store.open(Samples.session("alice")).digest()));
        }
        LogPosition head = store.poll("", new LogPosition(0, 0), 1).head();
        String node = "n" + round;
        counter.take();

        SessionCopy copy = store.open(Samples.session("alice"));
        assertOneTurn(counter, round, "open");
        store.find(copy.digest());
        assertOneTurn(counter, round, "find");
        store.list("alice");
        assertOneTurn(counter, round, "list");
        store.touch(copy.digest(), Duration.ZERO);
        assertOneTurn(counter, round, "touch");
        store.rotate(copy.digest(), digest());
        assertOneTurn(counter, round, "rotate");
        store.revoke(batch);
        assertOneTurn(counter, round, "revoke");
        store.revoke(List.of(new OfPrincipal("alice")));
        assertOneTurn(counter, round, "revoke by principal");
        store.register(node, "node", LEASE);
        assertOneTurn(counter, round, "register");
        store.poll(node, head, 1_000);
        assertOneTurn(counter, round, "poll");
        store.acknowledge(node, head);
        assertOneTurn(counter, round, "acknowledge");
        store.nodes();
        assertOneTurn(counter, round, "nodes");
        store.nodesAmong(hundred(node));
        assertOneTurn(counter, round, "nodesAmong");
        store.announce(List.of(new OfToken(digest()), new OfPrincipal("bob")));
        assertOneTurn(counter, round, "announce");
        store.fence(Set.of(node));
        assertOneTurn(counter, round, "fence");
        store.remove(Set.of(node));
        assertOneTurn(counter, round, "remove");
        store.trim(head);
        assertOneTurn(counter, round, "trim");
        store.deleteExpired(Instant.now());
        assertOneTurn(counter, round, "deleteExpired");
    }

    private static void assertOneTurn(TurnCounter counter, int round, String operation) {
        assertThat(counter.take()).as("%s, round %d", operation, round).isEqualTo(1);
    }

    /** As many as anybody waits for at once. */
    private static List<String> hundred(String node) {
        return Stream.iterate(node, each -> each + "x").limit(100).toList();
    }

    private static Connection through(TurnCounter counter, String name) throws Exception {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {counter.port()});
        dataSource.setDatabaseName(name);
        dataSource.setUser("postgres");
        return dataSource.getConnection();
    }
}

package dev.lockstep.store.jdbc;

import static dev.lockstep.contract.Samples.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Samples;
import dev.lockstep.process.MariaDbServer;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each call is one round trip, transactions included: that is what a call costs, and between two
 * round trips nothing is ever locked, so a node that is stopped at the worst moment holds up no
 * other.
 */
class MariaDbRoundTripsTest {

    private static final Duration LEASE = Duration.ofSeconds(2);

    @Test
    void everyCallIsOneRoundTrip() throws Exception {
        String name = TestDatabase.createMariaDb();
        try (TestDatabase database = TestDatabase.mariaDb(name);
                CommandCounter counter = new CommandCounter(TestDatabase.mariaDbPort());
                Connection connection = DriverManager.getConnection(MariaDbServer.url(counter.port(), name))) {
            database.open("/shop").close();
            StoreSettings settings = StoreSettings.DEFAULTS.withSchema(SchemaMode.NONE);
            try (JdbcStore store = JdbcStore.open(
                    new OneConnection(connection).dataSource(), "/shop", settings, Executors.defaultThreadFactory())) {
                useAll(store, counter);
            }
        }
    }

    private static void useAll(JdbcStore store, CommandCounter counter) {
        List<RevocationTarget> batch = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            batch.add(new OfToken(store.open(Samples.session("alice")).digest()));
        }
        LogPosition head = store.nodes().head();
        counter.take();

        SessionCopy copy = store.open(Samples.session("alice"));
        assertOne(counter, "open");
        store.find(copy.digest());
        assertOne(counter, "find");
        store.list("alice");
        assertOne(counter, "list");
        store.touch(copy.digest(), Duration.ZERO);
        assertOne(counter, "touch");
        store.rotate(copy.digest(), digest());
        assertOne(counter, "rotate");
        store.revoke(batch);
        assertOne(counter, "revoke");
        store.revoke(List.of(new OfPrincipal("alice")));
        assertOne(counter, "revoke by principal");
        store.register("n1", "node", LEASE);
        assertOne(counter, "register");
        store.poll("n1", head, 1_000);
        assertOne(counter, "poll");
        store.acknowledge("n1", head);
        assertOne(counter, "acknowledge");
        store.nodes();
        assertOne(counter, "nodes");
        store.nodesAmong(hundred("n1"));
        assertOne(counter, "nodesAmong");
        store.announce(List.of(new OfToken(digest()), new OfPrincipal("bob")));
        assertOne(counter, "announce");
        store.fence(Set.of("n1"));
        assertOne(counter, "fence");
        store.remove(Set.of("n1"));
        assertOne(counter, "remove");
        store.trim(head);
        assertOne(counter, "trim");
        store.deleteExpired(Instant.now());
        assertOne(counter, "deleteExpired");
    }

    private static void assertOne(CommandCounter counter, String operation) {
        assertThat(counter.take()).as(operation).isEqualTo(1);
    }

    /** As many as anybody waits for at once. */
    private static List<String> hundred(String node) {
        return Stream.iterate(node, each -> each + "x").limit(100).toList();
    }
}

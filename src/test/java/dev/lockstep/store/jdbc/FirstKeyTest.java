package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.Samples;
import dev.lockstep.docs.Block;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationLog.LogPage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whether an application's first key is older than any of its sessions, so that a token without a
 * tag is known to be forged from the beginning, on every database.
 */
class FirstKeyTest {

    private static final Duration LONG = Duration.ofDays(1);
    private static final Block FORGET = Block.printed("docs/howto/key.md", "sql", 3);

    @ParameterizedTest
    @EnumSource
    void thatOfANewApplicationCoversEverySessionAtOnce(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop");
                JdbcStore another = database.open("/bank")) {
            ApplicationKey key = started(store);
            store.register("n1", "a node", LONG);
            store.open(Samples.session("alice"));

            assertThat(store.keyRing(LONG).inForce().createdAt()).isEqualTo(Instant.EPOCH);
            assertThat(polled(key, store)).isTrue();
            assertThat(polled(started(another), another)).isTrue();

            key.replace(Former.STAYS);
            assertThat(store.keyRing(LONG).inForce().createdAt()).isAfter(Instant.EPOCH);
            assertThat(polled(key, store)).isTrue();

            key.replace(Former.LEAKED);
            assertThat(store.keyRing(LONG).inForce().createdAt()).isAfter(Instant.EPOCH);
            assertThat(polled(key, store)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thatOfAnApplicationOfAReleaseWithoutKeysDoesNot(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop")) {
            execute(database, "DELETE FROM lockstep_log_clock");
            execute(
                    database,
                    "INSERT INTO lockstep_log_clock (application, epoch, position, floor)"
                            + " VALUES ('/shop', '00000000-0000-4000-8000-000000000001', 0, 0)");

            assertMadeNow(store);
        }
    }

    /** The clock row was deleted, and this node has made it again. */
    @ParameterizedTest
    @EnumSource
    void norThatOfOneThatHasSessions(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop")) {
            store.open(Samples.session("alice"));

            assertMadeNow(store);
        }
    }

    /** Others may be at work, though nothing in the tables says so at that moment. */
    @ParameterizedTest
    @EnumSource
    void norThatOfOneWhoseClockANodeAtWorkHasMadeAgain(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop")) {
            execute(database, "DELETE FROM lockstep_log_clock");
            store.register("n1", "a node", LONG);
            execute(database, "DELETE FROM lockstep_node");

            assertMadeNow(store);
        }
    }

    @ParameterizedTest
    @EnumSource
    void norThatOfOneThatHasNodes(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop")) {
            store.register("n1", "a node", LONG);

            assertMadeNow(store);
        }
    }

    /** Else the next replacement would delete it, as older than the former one. */
    @ParameterizedTest
    @EnumSource
    void norThatOfOneThatHasAFormerVersion(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop")) {
            long former = store.keyRing(LONG).inForce().number();
            execute(database, "UPDATE lockstep_log_clock SET key_version = 0");

            KeyVersion made = store.keyRing(LONG).inForce();

            assertThat(made.number()).isNotEqualTo(former);
            assertThat(made.createdAt()).isAfter(Instant.EPOCH);
        }
    }

    @ParameterizedTest
    @EnumSource
    void norOneThatFollowsAForgottenOneThoughNoSessionWasThereYet(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop")) {
            store.keyRing(LONG).destroy();
            for (String statement : FORGET.text().split(";")) {
                if (!statement.isBlank()) {
                    execute(database, statement);
                }
            }

            assertMadeNow(store);
        }
    }

    private static void assertMadeNow(JdbcStore store) {
        ApplicationKey key = started(store);
        KeyVersion made = store.keyRing(LONG).inForce();
        long now = store.poll("none", store.nodes().head(), 1).storeMillis();
        assertThat(made.createdAt()).isBetween(Instant.ofEpochMilli(now - 60_000), Instant.ofEpochMilli(now));
        assertThat(polled(key, store)).isFalse();
    }

    private static ApplicationKey started(JdbcStore store) {
        ApplicationKey key = ApplicationKey.kept(
                "/shop", store, LONG, Duration.ofSeconds(60), Duration.ofSeconds(75), Runnable::run, NodeClock.SYSTEM);
        key.start();
        return key;
    }

    /** Whether the key covers every session, after a poll. */
    private static boolean polled(ApplicationKey key, JdbcStore store) {
        long nanos = NodeClock.SYSTEM.nanoTime();
        long wallMillis = NodeClock.SYSTEM.wallMillis();
        LogPage page = store.poll("none", store.nodes().head(), 1);
        key.polled(page.keyVersion(), page.storeMillis(), nanos, wallMillis);
        return key.known().coversEverySession();
    }

    private static void execute(TestDatabase database, String sql) {
        TestDatabase.execute(database.dataSource(), sql);
    }
}

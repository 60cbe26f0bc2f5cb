package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which versions of a key are deleted, to the millisecond, on every database. */
class KeyRetentionTest {

    private static final Duration KEEP = Duration.ofDays(1);

    /** 1,024 versions. */
    private static final int DOUBLINGS = 10;

    /** It is the youngest of those that are old enough to vouch for every session. */
    @ParameterizedTest
    @EnumSource
    void theOldestThatStaysIsAsOldAsAVersionIsKeptToTheMillisecond(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop")) {
            KeyRing replaced = replaced(database, store);
            while (oldest(replaced).equals(latestMade(replaced))) {
                replaced = replaced(database, store); // it took too long: all were old enough
            }

            assertThat(oldest(replaced))
                    .isEqualTo(replaced.inForce().createdAt().minus(KEEP));
        }
    }

    /** By a store that had a version of each millisecond about then. */
    private static KeyRing replaced(TestDatabase database, JdbcStore store) {
        execute(database, "DELETE FROM lockstep_key");
        store.keyRing(KEEP).destroy();
        execute(database, "UPDATE lockstep_log_clock SET key_version = 1");
        execute(database, "UPDATE lockstep_key SET version = 1, created_at = 0");
        for (int i = 0; i < DOUBLINGS; i++) {
            String more = " + " + (1 << i);
            execute(
                    database,
                    "INSERT INTO lockstep_key (application, version, secret, created_at, leaked) SELECT application, version"
                            + more + ", secret, created_at" + more + ", leaked FROM lockstep_key");
        }
        long now = store.poll("none", store.nodes().head(), 1).storeMillis();
        execute(database, "UPDATE lockstep_key SET created_at = created_at + " + (now - KEEP.toMillis() - 5));
        return store.replaceKey(1, KEEP, Former.STAYS);
    }

    private static Instant oldest(KeyRing key) {
        return key.versions().get(key.versions().size() - 1).createdAt();
    }

    /** But for the one in force. */
    private static Instant latestMade(KeyRing key) {
        return key.versions().get(1).createdAt();
    }

    /** Where the one before it is too young to vouch for all sessions, an older one does. */
    @ParameterizedTest
    @EnumSource
    void theOldestStaysWhereNoOtherIsOldEnough(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop")) {
            KeyVersion first = store.keyRing(KEEP).inForce();
            KeyVersion second =
                    store.replaceKey(first.number(), KEEP, Former.STAYS).inForce();
            execute(database, "UPDATE lockstep_key SET created_at = 0 WHERE version = " + first.number());

            KeyRing replaced = store.replaceKey(second.number(), KEEP, Former.LEAKED);

            assertThat(replaced.versions())
                    .extracting(KeyVersion::number)
                    .containsExactly(replaced.inForce().number(), second.number(), first.number());
        }
    }

    private static void execute(TestDatabase database, String sql) {
        TestDatabase.execute(database.dataSource(), sql);
    }
}

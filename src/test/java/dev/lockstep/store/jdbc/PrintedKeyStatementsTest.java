package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.KeyVersion;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The statements by which an operator replaces a key, on every database. */
class PrintedKeyStatementsTest {

    private static final Block REPLACE = Block.printed("docs/howto/key.md", "sql", 1);
    private static final Block REPLACE_LEAKED = Block.printed("docs/howto/key.md", "sql", 2);
    private static final Block FORGET = Block.printed("docs/howto/key.md", "sql", 3);
    private static final Duration LONG = Duration.ofDays(1);

    @ParameterizedTest
    @EnumSource
    void theNextNodeThatLooksMakesANewVersionBesideTheFormerOne(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop");
                JdbcStore another = database.open("/bank")) {
            KeyVersion former = store.keyRing(LONG).inForce();
            KeyRing theirs = another.keyRing(LONG);

            run(database, REPLACE);

            assertThat(told(store)).isZero();
            KeyRing replaced = store.keyRing(LONG);
            assertThat(replaced.versions()).hasSize(2).endsWith(former);
            assertThat(told(store)).isEqualTo(replaced.inForce().number());
            assertThat(another.keyRing(LONG)).isEqualTo(theirs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofALeakedKeyNothingIsTrusted(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop");
                JdbcStore another = database.open("/bank")) {
            KeyVersion first = store.keyRing(LONG).inForce();
            KeyVersion second =
                    store.replaceKey(first.number(), LONG, Former.STAYS).inForce();
            KeyRing theirs = another.keyRing(LONG);

            run(database, REPLACE_LEAKED);

            assertThat(told(store)).isZero();
            KeyRing replaced = store.keyRing(LONG);
            assertThat(replaced.inForce().number()).isNotIn(first.number(), second.number());
            assertThat(replaced.versions()).extracting(KeyVersion::isLeaked).containsExactly(false, true, true);
            assertThat(told(store)).isEqualTo(replaced.inForce().number());
            assertThat(another.keyRing(LONG)).isEqualTo(theirs);
        }
    }

    /** A node that reads the key then makes a new one: it was the one in force that has leaked. */
    @ParameterizedTest
    @EnumSource
    void nothingIsTrustedBetweenTheTwoStatementsEither(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop")) {
            KeyVersion former = store.keyRing(LONG).inForce();

            execute(database, REPLACE_LEAKED.text().strip().split(";\\s*")[0]);

            KeyRing replaced = store.keyRing(LONG);
            assertThat(replaced.inForce().number()).isNotEqualTo(former.number());
            assertThat(replaced.versions()).extracting(KeyVersion::isLeaked).containsExactly(false, true);
            assertThat(told(store)).isEqualTo(replaced.inForce().number());
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofAForgottenKeyNothingIsLeft(DatabaseKind kind) {
        try (TestDatabase database = kind.open();
                JdbcStore store = database.open("/shop");
                JdbcStore another = database.open("/bank")) {
            KeyVersion former = store.keyRing(LONG).inForce();
            KeyRing theirs = another.keyRing(LONG);

            run(database, FORGET);

            assertThat(told(store)).isZero();
            assertThat(store.keyRing(LONG).versions()).hasSize(1).doesNotContain(former);
            assertThat(another.keyRing(LONG)).isEqualTo(theirs);
        }
    }

    private static long told(JdbcStore store) {
        return store.poll("none", store.nodes().head(), 1).keyVersion();
    }

    private static void run(TestDatabase database, Block printed) {
        for (String statement : printed.text().strip().split(";\\s*")) {
            execute(database, statement);
        }
    }

    private static void execute(TestDatabase database, String statement) {
        TestDatabase.execute(database.dataSource(), statement);
    }
}

package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import dev.lockstep.store.jdbc.dialect.Targets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One transaction ends and tells only so much, however much there is: it keeps everybody else's
 * waiting.
 */
abstract class BulkContract {

    private TestDatabase database;
    private JdbcStore store;

    abstract TestDatabase empty();

    @BeforeEach
    void open() {
        database = empty();
        store = database.open("/shop");
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    final TestDatabase database() {
        return database;
    }

    final JdbcStore store() {
        return store;
    }

    @Test
    void aPrincipalOfManySessionsIsEndedInParts() {
        sessions("/shop", "alice", 2 * Targets.MAX_ENDED + 1);
        SessionCopy bobs = store.open(Samples.session("bob"));

        List<Integer> parts = endAll(new OfPrincipal("alice"));

        assertThat(parts).containsExactly(Targets.MAX_ENDED, Targets.MAX_ENDED, 1);
        assertThat(store.list("alice")).isEmpty();
        assertThat(store.find(bobs.digest()).session()).isEqualTo(bobs.session());
    }

    /**
     * One thread for all logouts here, and nobody gets the clock row before all stand in line for
     * it.
     */
    @Test
    void whoComesBesideALargeTargetWaitsForOnePartOfIt() throws Exception {
        sessions("/shop", "alice", 3 * Targets.MAX_ENDED);
        SessionCopy bobs = store.open(Samples.session("bob"));
        SessionCopy carols = store.open(Samples.session("carol"));
        try (JdbcStore narrow = database.open("/shop", StoreSettings.DEFAULTS.withThreads(StoreSettings.MIN_THREADS));
                Concurrently concurrently = new Concurrently();
                Connection holder = database.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT position FROM lockstep_log_clock WHERE application = '/shop' FOR UPDATE");
            Future<Integer> all = concurrently.start(() -> endAll(narrow, new OfPrincipal("alice")));
            Awaitility.await().until(() -> narrow.busy() == 1);
            Future<?> logout = concurrently.start(() -> narrow.revoke(List.of(new OfToken(bobs.digest()))));
            Awaitility.await().until(() -> narrow.waiting() == 1);
            Future<?> rotation = concurrently.start(() -> narrow.rotate(carols.digest(), Samples.digest()));
            Awaitility.await().until(() -> narrow.waiting() == 2);
            holder.rollback();

            logout.get();
            rotation.get();
            assertThat(all.get()).isEqualTo(3 * Targets.MAX_ENDED);
        }
        assertThat(TestDatabase.number(
                        database.dataSource(),
                        "SELECT count(*) FROM lockstep_revocation WHERE cause = 'REVOKED' AND principal = 'alice'"
                                + " AND position < (SELECT max(position) FROM lockstep_revocation"
                                + " WHERE principal IN ('bob', 'carol'))"))
                .isEqualTo(Targets.MAX_ENDED);
    }

    @Test
    void theOthersAreEndedInParts() {
        SessionCopy kept = store.open(Samples.session("alice"));
        sessions("/shop", "alice", Targets.MAX_ENDED + 1);

        List<Integer> parts = endAll(new OthersOf("alice", kept.session().id()));

        assertThat(parts).containsExactly(Targets.MAX_ENDED, 1);
        assertThat(store.list("alice")).containsExactly(kept.session());
    }

    @Test
    void theApplicationIsEndedInParts() {
        sessions("/shop", "alice", Targets.MAX_ENDED);
        sessions("/shop", "bob", 1);
        sessions("/blog", "alice", 1);

        List<Integer> parts = endAll(new OfApplication());

        assertThat(parts).containsExactly(Targets.MAX_ENDED, 1);
        assertThat(count("lockstep_session")).isEqualTo(1);
    }

    @Test
    void targetsThatMeanManyShareWhatATransactionEnds() {
        sessions("/shop", "alice", Targets.MAX_ENDED);
        sessions("/shop", "bob", Targets.MAX_ENDED);
        sessions("/shop", "carol", 1);
        SessionCopy dave = store.open(Samples.session("dave"));

        List<Revoked> revoked = store.revoke(List.of(
                new OfPrincipal("alice"),
                new OthersOf("bob", "none"),
                new OfPrincipal("carol"),
                new OfToken(dave.digest())));

        assertThat(revoked).extracting(Revoked::more).containsExactly(true, true, false, false);
        assertThat(revoked).extracting(BulkContract::ended).containsExactly(333, 333, 1, 1);
    }

    /** Twice the same is no larger target. */
    @Test
    void aPrincipalThatIsNamedOftenCountsOnce() {
        sessions("/shop", "alice", Targets.MAX_ENDED);

        List<Revoked> revoked = store.revoke(List.of(new OfPrincipal("alice"), new OfPrincipal("alice")));

        assertThat(revoked).extracting(BulkContract::ended).containsOnly(Targets.MAX_ENDED);
    }

    @Test
    void ofASessionWithALongLogNotAllIsTold() {
        for (int rows : List.of(Targets.MAX_LOGGED - 1, Targets.MAX_LOGGED)) {
            SessionCopy copy = store.open(Samples.session("alice"));
            rotations(copy.session().id(), rows);

            List<Revoked> first = store.revoke(List.of(new OfId(copy.session().id()), new OfToken(copy.digest())));
            LogPosition end = store.nodes().head();

            assertThat(first).extracting(Revoked::complete).containsOnly(rows < Targets.MAX_LOGGED);
            assertThat(first).extracting(Revoked::upTo).containsOnly(end);
            assertThat(first)
                    .allSatisfy(each -> assertThat(each.revocations())
                            .filteredOn(row -> row.cause() == Cause.REVOKED)
                            .extracting(Revocation::digest)
                            .containsExactly(copy.digest()));
        }
    }

    /**
     * The database gives rows as it likes, unless it is told how; an index would give them in order
     * unasked.
     */
    @Test
    void aPageHasTheFirstRowsInTheirOrderHoweverTheyLie() {
        LogPosition start = store.nodes().head();
        TestDatabase.execute(database.dataSource(), dropPrimaryKey("lockstep_revocation"));
        TestDatabase.execute(
                database.dataSource(),
                "INSERT INTO lockstep_revocation (application, position, digest, session_id, principal, cause, revoked_at)"
                        + " SELECT '/shop', i, " + digest("CONCAT('backwards', i)")
                        + ", 'one', 'alice', 'REVOKED', 0 FROM "
                        + series(40) + " ORDER BY i DESC");
        TestDatabase.execute(database.dataSource(), "UPDATE lockstep_log_clock SET position = 40");

        assertThat(store.poll("none", start, 10).rows())
                .extracting(Revocation::position)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    /** Calls until there is no more, and tells how many have been ended. */
    private static int endAll(JdbcStore store, RevocationTarget target) {
        int ended = 0;
        Revoked part;
        do {
            part = store.revoke(List.of(target)).get(0);
            ended += ended(part);
        } while (part.more());
        return ended;
    }

    /** Calls until there is no more, and tells how many each call has ended. */
    private List<Integer> endAll(RevocationTarget target) {
        List<Integer> parts = new ArrayList<>();
        Revoked part;
        do {
            part = store.revoke(List.of(target)).get(0);
            parts.add(ended(part));
            assertThat(part.upTo()).isEqualTo(store.nodes().head());
        } while (part.more());
        return parts;
    }

    private static int ended(Revoked revoked) {
        return (int) revoked.revocations().stream()
                .filter(row -> row.cause() == Cause.REVOKED)
                .count();
    }

    final void sessions(String application, String principal, int count) {
        TestDatabase.execute(
                database.dataSource(),
                "INSERT INTO lockstep_session (application, id, digest, principal, created_at, last_seen_at, expires_at,"
                        + " idle_timeout, valid_until) SELECT '" + application + "', CONCAT('" + principal + "', i), "
                        + digest("CONCAT('" + principal + "', i)")
                        + ", '" + principal + "', 0, 0, 9999999999999, 3600000, 9999999999999 FROM " + series(count));
    }

    /** Log rows as rotations leave them. */
    private void rotations(String sessionId, int count) {
        long before = store.nodes().head().position();
        TestDatabase.execute(
                database.dataSource(),
                "INSERT INTO lockstep_revocation (application, position, digest, session_id, principal, cause, revoked_at)"
                        + " SELECT '/shop', " + before + " + i, " + digest("CONCAT('" + sessionId + "', i)") + ", '"
                        + sessionId
                        + "', 'alice', 'ROTATED', 0 FROM " + series(count));
        TestDatabase.execute(database.dataSource(), "UPDATE lockstep_log_clock SET position = position + " + count);
    }

    /** A digest of a text, in the database's words. */
    abstract String digest(String text);

    /** Rows of which the one column is called i, in the database's words. */
    abstract String series(int count);

    /** The statement that drops the primary key of a table, in the database's words. */
    String dropPrimaryKey(String table) {
        return "ALTER TABLE " + table + " DROP CONSTRAINT " + table + "_pk";
    }

    final long count(String table) {
        return TestDatabase.number(database.dataSource(), "SELECT count(*) FROM " + table);
    }
}

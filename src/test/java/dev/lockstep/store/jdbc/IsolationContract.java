package dev.lockstep.store.jdbc;

import static dev.lockstep.contract.Samples.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the store gets along with others that use its database, its connections and its locks. */
abstract class IsolationContract {

    private static final String APPLICATION = "/shop";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private TestDatabase database;
    private JdbcStore store;

    abstract TestDatabase empty();

    @BeforeEach
    void open() {
        database = empty();
        store = open(database.dataSource(), SchemaMode.MIGRATE);
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void aConnectionGoesBackAsItCame() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(1);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        try (HikariDataSource single = new HikariDataSource(config);
                Connection theOne = single.getConnection();
                JdbcStore odd = open(new OneConnection(theOne).dataSource(), SchemaMode.VALIDATE)) {
            exercise(odd);

            assertThat(theOne.getAutoCommit()).isFalse();
            assertThat(theOne.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(theOne.getNetworkTimeout()).isZero();
            assertThat(theOne.isReadOnly()).isFalse();
        }
    }

    private static void exercise(JdbcStore store) {
        SessionCopy copy = store.open(Samples.session("alice"));
        store.touch(copy.digest(), Duration.ZERO);
        TokenDigest next = digest();
        assertThat(store.rotate(copy.digest(), next)).isNotNull();
        assertThat(store.find(next)).isNotNull();
        store.register("n1", "node", TIMEOUT);
        assertThat(store.revoke(List.of(new OfToken(next))).get(0).revocations())
                .hasSize(2);
        LogPosition head = store.poll("n1", new LogPosition(0, 0), 10).head();
        store.acknowledge("n1", head);
        store.fence(List.of("n1"));
        store.remove(List.of("n1"));
        store.trim(head);
        store.startEpoch(head);
        assertThat(store.nodes().rows()).isEmpty();
        assertThat(store.list("alice")).isEmpty();
        assertThat(store.deleteExpired(Instant.now())).isEmpty();
    }

    /** Counted up, two restores of one backup would give the same one. */
    @Test
    void epochsAreDrawnAtRandom() {
        try (JdbcStore other = open(database.dataSource(), "/blog", SchemaMode.VALIDATE)) {
            List<LogPosition> begun =
                    List.of(store.nodes().head(), other.nodes().head());
            store.startEpoch(begun.get(0));
            other.startEpoch(begun.get(1));

            assertThat(List.of(
                            begun.get(0),
                            begun.get(1),
                            store.nodes().head(),
                            other.nodes().head()))
                    .extracting(LogPosition::epoch)
                    .doesNotHaveDuplicates();
        }
    }

    /** Whatever is the first thing behind a failover or a restore. */
    @Test
    void whoeverFindsAnotherEpochDoesAllOfItOnce() throws Exception {
        SessionCopy alice = store.open(Samples.session("alice"));
        SessionCopy bob = store.open(Samples.session("bob"));
        TokenDigest next = digest();

        loseEpoch();
        assertThat(store.rotate(alice.digest(), next)).isNotNull();
        loseEpoch();
        assertThat(store.find(next).session().id()).isEqualTo(alice.session().id());
        loseEpoch();
        assertThat(store.revoke(List.of(new OfToken(next))).get(0).revocations())
                .extracting(Revocation::digest)
                .contains(next);
        loseEpoch();
        assertThat(store.open(Samples.session("carol")).epoch())
                .isEqualTo(store.nodes().head().epoch());
        loseEpoch();
        store.register("n1", "node", TIMEOUT);
        loseEpoch();
        assertThat(store.poll("n1", new LogPosition(0, 0), 10).self()).isNotNull();
        loseEpoch();
        assertThat(store.revoke(List.of(new OfPrincipal("bob"))).get(0).revocations())
                .extracting(Revocation::digest)
                .contains(bob.digest());
    }

    private void loseEpoch() throws SQLException {
        TestDatabase.execute(database.dataSource(), otherEpoch());
    }

    /** Another epoch, which the store may have something to do for. */
    String otherEpoch() {
        return "UPDATE lockstep_log_clock SET epoch = '" + UUID.randomUUID() + "'";
    }

    /** A row that somebody else has locked, for longer than anybody waits. */
    @Test
    void aLockedClockRowHoldsUpRevocationsUntilTheirDeadlineAndReadsNotAtAll() throws Exception {
        SessionCopy copy = store.open(Samples.session("alice"));
        store.register("n1", "node", TIMEOUT);
        try (Connection other = lockingTheClock()) {
            assertThatThrownBy(() -> store.revoke(List.of(new OfToken(copy.digest()))))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(store.find(copy.digest())).isEqualTo(copy);
            assertThat(store.list("alice")).hasSize(1);
            assertThat(store.poll("n1", new LogPosition(0, 0), 1).self()).isNotNull();
            assertThat(store.open(Samples.session("bob"))).isNotNull();
            assertThat(store.deleteExpired(Instant.now())).isEmpty();
            other.rollback();
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> store.busy() == 0);
        store.revoke(List.of(new OfToken(copy.digest())));
        assertThat(store.find(copy.digest())).isNull();
    }

    /** However many revocations wait for the clock row, the feed goes on. */
    @Test
    void theFeedDoesNotWaitBehindRevocations() throws Exception {
        SessionCopy copy = store.open(Samples.session("alice"));
        try (Connection other = lockingTheClock();
                var concurrently = new dev.lockstep.contract.Concurrently()) {
            for (int i = 0; i < 40; i++) {
                var unused = concurrently.start(() -> store.revoke(List.of(new OfToken(copy.digest()))));
            }
            Awaitility.await().until(() -> store.busy() >= 1);
            assertThat(store.nodes().rows()).isEmpty();
            assertThat(store.poll("n1", new LogPosition(0, 0), 1).self()).isNull();
            other.rollback();
        }
    }

    @Test
    void aTouchWaitsForNobodyAndTheNextUseMakesUpForIt() throws Exception {
        SessionCopy locked = store.open(Samples.session("alice"));
        SessionCopy free = store.open(Samples.session("alice"));
        database.elapse(APPLICATION, Duration.ofSeconds(10));
        List<TokenDigest> both = List.of(locked.digest(), free.digest());
        try (Connection other = locking("SELECT id FROM lockstep_session WHERE application = ? AND id = '"
                + locked.session().id() + "' FOR UPDATE")) {
            store.touchAll(both, Duration.ZERO, Duration.ofSeconds(5));

            assertThat(sinceOpening(free)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
            assertThat(sinceOpening(locked)).isEqualTo(Duration.ZERO);
            other.rollback();
        }
        store.touchAll(both, Duration.ZERO, Duration.ofSeconds(5));
        assertThat(sinceOpening(locked)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    }

    /** So no session lives for longer than its idle timeout after its last use. */
    @Test
    void aTouchIsRecordedAsOfTheUse() throws Exception {
        SessionCopy copy = store.open(Samples.session("alice"));
        database.elapse(APPLICATION, Duration.ofSeconds(10));

        store.touchAll(List.of(copy.digest()), Duration.ofSeconds(3), Duration.ofSeconds(5));

        Session session = store.find(copy.digest()).session();
        long now = store.poll("none", new LogPosition(0, 0), 1).storeMillis();
        assertThat(session.lastSeenAt().toEpochMilli()).isLessThanOrEqualTo(now - 3_000);
        assertThat(session.validUntil()).isEqualTo(session.lastSeenAt().plus(session.idleTimeout()));
        assertThat(sinceOpening(copy)).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    }

    private Duration sinceOpening(SessionCopy copy) {
        Session session = store.find(copy.digest()).session();
        return Duration.between(session.createdAt(), session.lastSeenAt());
    }

    @Test
    void aSweepWaitsForNobody() throws Exception {
        SessionCopy locked = expiring();
        SessionCopy free = expiring();
        database.elapse(APPLICATION, Duration.ofSeconds(1));
        try (Connection other = locking("SELECT id FROM lockstep_session WHERE application = ? AND id = '"
                + locked.session().id() + "' FOR UPDATE")) {
            assertThat(store.deleteExpired(Instant.now()))
                    .extracting(Session::id)
                    .containsExactly(free.session().id());
            other.rollback();
        }
        assertThat(store.deleteExpired(Instant.now())).hasSize(1);
    }

    @Test
    void whileAnotherSweepsNothingIsSwept() throws Exception {
        expiring();
        database.elapse(APPLICATION, Duration.ofSeconds(1));
        try (Connection other =
                locking("SELECT application FROM lockstep_housekeeping WHERE application = ? FOR UPDATE")) {
            assertThat(store.deleteExpired(Instant.now())).isEmpty();
            other.rollback();
        }
        assertThat(store.deleteExpired(Instant.now())).hasSize(1);
    }

    @Test
    void noMessageHoldsADigestOrAPrincipal() {
        NewSession asked = Samples.session("alice-in-wonderland");
        store.open(asked);

        assertThatThrownBy(() -> store.open(asked))
                .isInstanceOf(StoreUnavailableException.class)
                .satisfies(thrown -> assertThat(stackTrace(thrown))
                        .doesNotContainIgnoringCase(asked.digest().toHex())
                        .doesNotContain("alice-in-wonderland"));
    }

    @Test
    void whatNoDatabaseKeepsAsItIsIsRefused() {
        for (String bad : List.of("", "x".repeat(256), "a\u0000", "\ud800")) {
            assertThatThrownBy(() -> store.open(Samples.session(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("LOCKSTEP-0108 ");
        }
        assertThatThrownBy(() -> store.open(with(Set.of("\udc00"), Map.of()))).hasMessageStartingWith("LOCKSTEP-0110 ");
        assertThatThrownBy(() -> store.open(with(Set.of(), Map.of("k", "\u0000"))))
                .hasMessageStartingWith("LOCKSTEP-0110 ");
    }

    /** Whatever the database, and however it writes them: here with six characters for each. */
    @Test
    void groupsAndAttributesAreKeptUpToABound() {
        String half = "\u0001".repeat(50_000);
        NewSession largest = with(Set.of(half), Map.of("k", half.substring(1)));
        assertThat(store.open(largest).session().attributes()).isEqualTo(largest.attributes());
        assertThat(store.find(largest.digest()).session().groups()).isEqualTo(largest.groups());

        assertThatThrownBy(() -> store.open(with(Set.of(half), Map.of("k", half))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LOCKSTEP-0131 ")
                .hasMessageContaining("100001")
                .hasMessageNotContaining("\u0001");
    }

    @Test
    void aClosedStoreSaysSoAndLeavesNoThread() {
        List<Thread> threads = new ArrayList<>();
        JdbcStore closing = JdbcStore.open(database.dataSource(), APPLICATION, StoreSettings.DEFAULTS, work -> {
            Thread thread = new Thread(work);
            threads.add(thread);
            return thread;
        });
        exercise(closing);
        assertThat(threads).filteredOn(Thread::isAlive).hasSizeBetween(3, 16);

        closing.close();

        await().untilAsserted(() -> assertThat(threads).noneMatch(Thread::isAlive));
        assertThatThrownBy(() -> closing.list("alice"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("LOCKSTEP-0104 ");
    }

    private SessionCopy expiring() {
        return store.open(Samples.session("alice", digest(), Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }

    private static NewSession with(Set<String> groups, Map<String, String> attributes) {
        return new NewSession(Samples.id(), digest(), "alice", groups, attributes, TIMEOUT, TIMEOUT);
    }

    final JdbcStore store() {
        return store;
    }

    final TestDatabase database() {
        return database;
    }

    final Connection lockingTheClock() throws SQLException {
        return locking("SELECT position FROM lockstep_log_clock WHERE application = ? FOR UPDATE");
    }

    private Connection locking(String sql) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, APPLICATION);
            assertThat(statement.executeQuery().next()).isTrue();
        }
        return connection;
    }

    private static JdbcStore open(DataSource dataSource, SchemaMode schema) {
        return open(dataSource, APPLICATION, schema);
    }

    private static JdbcStore open(DataSource dataSource, String application, SchemaMode schema) {
        return JdbcStore.open(
                dataSource,
                application,
                StoreSettings.DEFAULTS.withTimeout(TIMEOUT).withSchema(schema),
                Executors.defaultThreadFactory());
    }

    private static String stackTrace(Throwable thrown) {
        java.io.StringWriter text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}

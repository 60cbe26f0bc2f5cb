package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.StoreSettings;
import dev.lockstep.store.jdbc.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody deletes from a real database, beside two nodes that hold copies of it. */
abstract class DeletedByHandContract {

    private static final String DELETE = "DELETE FROM lockstep_session WHERE application = '/shop'";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final AtomicLong connections = new AtomicLong();
    private TestDatabase database;
    private SessionManager a;
    private SessionManager b;

    abstract TestDatabase empty();

    /** A random UUID, in the database's words. */
    abstract String randomUuid();

    @BeforeEach
    void open() {
        database = empty();
        opened.push(database);
        a = node();
        b = node();
    }

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void isAcceptedByNoNodeOnceItIsRevoked(PromiseTest.Way way) throws SQLException {
        IssuedToken issued = openEverywhere();
        execute(DELETE);

        way.revoke.apply(a, issued);

        assertThat(a.find(issued.token())).isEmpty();
        assertThat(b.find(issued.token())).isEmpty();
    }

    @Test
    void isAcceptedByNoNodeSoonWhereTheLogGetsANewEpoch() throws SQLException {
        IssuedToken issued = openEverywhere();

        execute(DELETE, "UPDATE lockstep_log_clock SET epoch = " + randomUuid() + " WHERE application = '/shop'");

        await().until(() ->
                a.find(issued.token()).isEmpty() && b.find(issued.token()).isEmpty());
    }

    /** A session of which both nodes keep and accept a copy. */
    private IssuedToken openEverywhere() {
        IssuedToken issued = a.open("alice", Set.of("user"));
        await().until(() -> isKept(a, issued) && isKept(b, issued));
        return issued;
    }

    /** Nobody asked the database for anything meanwhile. */
    private boolean isKept(SessionManager sessions, IssuedToken issued) {
        long before = connections.get();
        return sessions.find(issued.token()).isPresent() && connections.get() == before;
    }

    /** All in one transaction. */
    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    private DataSource counted() {
        return (DataSource) Proxy.newProxyInstance(
                DeletedByHandContract.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> {
                    connections.incrementAndGet();
                    return method.invoke(database.dataSource(), arguments);
                });
    }

    private SessionManager node() {
        JdbcStore store = JdbcStore.open(
                counted(),
                "/shop",
                StoreSettings.DEFAULTS.withTimeout(Duration.ofSeconds(30)),
                Executors.defaultThreadFactory());
        opened.push(store);
        SessionNode node = new SessionNode(
                "/shop",
                SessionSettings.of(RevocationSettings.of(
                        "node of a test", Duration.ofSeconds(2), Duration.ofMillis(50), Duration.ofSeconds(5))),
                store,
                ApplicationKey.absent("/shop"),
                new LayeredCache(new NaiveCache(), null, Duration.ofMinutes(15), NodeClock.SYSTEM),
                null,
                new RecordedEvents(),
                NodeClock.SYSTEM,
                Executors.defaultThreadFactory(),
                NodeListener.NONE);
        opened.push(node);
        node.start();
        return node.manager();
    }
}

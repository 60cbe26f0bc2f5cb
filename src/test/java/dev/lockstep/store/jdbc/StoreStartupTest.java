package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.store.jdbc.dialect.Sharing;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which databases are accepted. */
class StoreStartupTest {

    private final List<Thread> threads = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"Oracle, 23, 0", "H2, 2, 1", "H2, 1, 4", "PostgreSQL, 12, 22", "MySQL, 9, 0"})
    void anotherDatabaseIsRefusedNamingThoseThatAreAccepted(String product, int major, int minor) {
        DataSource dataSource = calling(Map.of(
                "getDatabaseProductName", product,
                "getDatabaseProductVersion", major + "." + minor,
                "getDatabaseMajorVersion", major,
                "getDatabaseMinorVersion", minor));

        assertThatThrownBy(() -> open(dataSource))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0111 ")
                .hasMessageContaining(product + " " + major + "." + minor)
                .hasMessageContaining("H2 2.2")
                .hasMessageContaining("PostgreSQL 13");
        Awaitility.await().untilAsserted(() -> assertThat(threads).noneMatch(Thread::isAlive));
    }

    @Test
    void aDatabaseThatIsOutOfReachIsUnavailable() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";IFEXISTS=TRUE");

        assertThatThrownBy(() -> open(dataSource))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("LOCKSTEP-0123 ");
        Awaitility.await().untilAsserted(() -> assertThat(threads).noneMatch(Thread::isAlive));
    }

    /** H2 gives nobody else a connection then. */
    @Test
    void aNodeThatAltersTheTablesIsWaitedFor() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (Connection other = h2.getConnection()) {
            other.createStatement().execute("SET EXCLUSIVE 1");
            AtomicInteger refused = new AtomicInteger();
            try (JdbcStore store = open(endingWhenRefused(h2, other, refused))) {
                assertThat(refused).hasPositiveValue();
                assertThat(store.list("alice")).isEmpty();
            }
        }
    }

    /** The other node is done as soon as somebody was refused. */
    private static DataSource endingWhenRefused(DataSource h2, Connection other, AtomicInteger refused) {
        return (DataSource) Proxy.newProxyInstance(
                StoreStartupTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(h2, arguments);
                    } catch (InvocationTargetException e) {
                        refused.incrementAndGet();
                        other.createStatement().execute("SET EXCLUSIVE 0");
                        throw new SQLException("the pool has none", e.getCause());
                    }
                });
    }

    /**
     * A store runs more than twenty statements as it opens: to a database that is far away, say.
     */
    @Test
    void openingIsBoundByNoTimeoutOfASingleCall() {
        StoreSettings settings = StoreSettings.DEFAULTS.withTimeout(Duration.ofMillis(200));

        try (JdbcStore store = JdbcStore.open(farAway(Duration.ofMillis(20)), "/shop", settings, Thread::new)) {
            assertThat(store.sharing()).isEqualTo(Sharing.PRIVATE);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 5, 16", "a, 0, 16", "a, 5, 4"})
    void settingsThatCannotWorkAreRefused(String application, int seconds, int number) {
        assertThatThrownBy(() -> JdbcStore.open(
                        farAway(Duration.ZERO),
                        application,
                        StoreSettings.DEFAULTS
                                .withTimeout(Duration.ofSeconds(seconds))
                                .withThreads(number),
                        Thread::new))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private JdbcStore open(DataSource dataSource) {
        return JdbcStore.open(dataSource, "/shop", StoreSettings.DEFAULTS, work -> {
            Thread thread = new Thread(work);
            threads.add(thread);
            return thread;
        });
    }

    /** An H2 database that says other things of itself. */
    private static DataSource calling(Map<String, Object> answers) {
        JdbcDataSource real = new JdbcDataSource();
        real.setUrl("jdbc:h2:mem:" + UUID.randomUUID());
        return wrap(
                DataSource.class,
                real,
                "getConnection",
                connection -> wrap(Connection.class, connection, "getMetaData", about -> answering(about, answers)));
    }

    /** An H2 database that takes its time before each statement. */
    private static DataSource farAway(Duration delay) {
        JdbcDataSource real = new JdbcDataSource();
        real.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return wrap(
                DataSource.class,
                real,
                "getConnection",
                connection -> wrap(Connection.class, connection, "prepareStatement", statement -> {
                    LockSupport.parkNanos(delay.toNanos());
                    return statement;
                }));
    }

    private interface Wrapping {
        Object wrap(Object result);
    }

    private static <T> T wrap(Class<T> type, Object target, String name, Wrapping wrapping) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader() == null ? StoreStartupTest.class.getClassLoader() : type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(target, arguments);
                        return method.getName().equals(name) ? wrapping.wrap(result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static Object answering(Object about, Map<String, Object> answers) {
        return Proxy.newProxyInstance(
                StoreStartupTest.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (self, method, arguments) -> answers.containsKey(method.getName())
                        ? answers.get(method.getName())
                        : method.invoke(about, arguments));
    }
}

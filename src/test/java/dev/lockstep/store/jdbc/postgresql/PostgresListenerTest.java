package dev.lockstep.store.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.store.jdbc.TestDatabase;
import dev.lockstep.store.jdbc.dialect.Notifications.DeafConnectionException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/** By whichever way a pool lets the driver's connection be reached. */
class PostgresListenerTest {

    private static final String NAME = TestDatabase.createPostgres();
    private static final TestDatabase DATABASE = TestDatabase.postgres(NAME);
    private static final Duration LONG = Duration.ofMinutes(1);

    private Connection drivers;

    @BeforeEach
    void connect() throws SQLException {
        drivers = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + TestDatabase.postgresPort() + "/" + NAME, "postgres", "");
    }

    @AfterEach
    void disconnect() throws SQLException {
        drivers.close();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    /** WildFly's pool has this method. */
    interface WithUnderlying extends Connection {
        Connection getUnderlyingConnection();
    }

    static Stream<Named<Function<Connection, Connection>>> ways() {
        return Stream.of(
                Named.of("itself", drivers -> drivers),
                Named.of(
                        "an underlying one",
                        drivers -> lent(
                                drivers,
                                WithUnderlying.class,
                                (name, arguments) -> name.equals("getUnderlyingConnection") ? drivers : null)),
                Named.of(
                        "that of the metadata",
                        drivers -> lent(
                                drivers,
                                Connection.class,
                                (name, arguments) -> name.equals("getMetaData") ? metadata(drivers) : null)),
                Named.of(
                        "unwrapped",
                        drivers -> lent(
                                drivers, Connection.class, (name, arguments) -> unwrapping(drivers, name, arguments))),
                Named.of(
                        "something unwrapped that is no connection",
                        drivers -> lent(
                                drivers,
                                Connection.class,
                                (name, arguments) -> unwrapping(noConnection(drivers), name, arguments))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void itHearsWhatIsSentUntilItsEnd(Function<Connection, Connection> way) throws SQLException {
        PostgresListener listener = PostgresListener.open(way.apply(drivers), "one", "another");
        TestDatabase.execute(DATABASE.dataSource(), "SELECT pg_notify('another', 'text'), pg_notify('third', 'lost')");

        assertThat(listener.await(LONG)).containsExactly("text");

        listener.end();
        try (Statement statement = drivers.createStatement()) {
            assertThat(statement
                            .executeQuery("SELECT 1 FROM pg_listening_channels()")
                            .next())
                    .isFalse();
        }
    }

    @Test
    void oneThatIsNotToBeReachedIsDeaf() {
        assertThatThrownBy(
                        () -> PostgresListener.open(lent(drivers, Connection.class, (name, arguments) -> null), "one"))
                .isInstanceOf(DeafConnectionException.class)
                .hasMessageContaining("the pool does not unwrap its connections");
    }

    /** Inside of a transaction nothing would come. */
    @Test
    void aTransactionThatThePoolHasBegunDoesNotKeepItFromHearing() throws SQLException {
        drivers.setAutoCommit(false);

        PostgresListener listener = PostgresListener.open(drivers, "one");
        TestDatabase.execute(DATABASE.dataSource(), "SELECT pg_notify('one', 'text')");

        assertThat(drivers.getAutoCommit()).isTrue();
        assertThat(listener.await(LONG)).containsExactly("text");
    }

    /** Payara's pool hides it behind two others. */
    @Test
    void aFailureIsTheDrivers() throws SQLException {
        PostgresListener listener = PostgresListener.open(
                lent(
                        drivers,
                        Connection.class,
                        (name, arguments) -> unwrapping(noConnection(drivers), name, arguments)),
                "one");
        drivers.close();

        assertThatThrownBy(() -> listener.await(LONG)).isInstanceOf(PSQLException.class);
    }

    /** To the driver zero means for ever. */
    @Test
    void aMomentIsNotForEver() throws SQLException {
        List<Integer> waits = new ArrayList<>();
        Connection recording = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class, PGConnection.class},
                (on, method, given) -> {
                    if (method.getName().equals("getNotifications")) {
                        waits.add((Integer) given[0]);
                        return null;
                    }
                    return method.invoke(drivers, given);
                });

        PostgresListener listener = PostgresListener.open(recording, "one");

        assertThat(listener.await(Duration.ofNanos(1))).isEmpty();
        assertThat(listener.await(Duration.ofMillis(7))).isEmpty();
        assertThat(waits).containsExactly(1, 7);
    }

    @FunctionalInterface
    private interface Way {
        /** Null where it is left to the rest. */
        Object answer(String method, Object[] arguments);
    }

    /** A connection of a pool that hides the driver's, but for one way. */
    private static Connection lent(Connection drivers, Class<?> type, Way way) {
        return (Connection) Proxy.newProxyInstance(
                PostgresListenerTest.class.getClassLoader(), new Class<?>[] {type}, (on, method, given) -> {
                    Object answer = way.answer(method.getName(), given);
                    if (answer != null) {
                        return answer;
                    }
                    return switch (method.getName()) {
                        case "isWrapperFor" -> false;
                        case "getMetaData" -> metadata((Connection) on);
                        default -> invoke(() -> method.invoke(drivers, given));
                    };
                });
    }

    private static Object unwrapping(Object drivers, String method, Object[] arguments) {
        return switch (method) {
            case "isWrapperFor" -> arguments[0] == PGConnection.class;
            case "unwrap" -> drivers;
            default -> null;
        };
    }

    /** What Payara's pool gives where it wraps everything. */
    private static Object noConnection(Connection drivers) {
        return Proxy.newProxyInstance(
                PostgresListenerTest.class.getClassLoader(),
                new Class<?>[] {PGConnection.class},
                (on, method, given) -> method.invoke(drivers, given));
    }

    private static DatabaseMetaData metadata(Connection of) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                PostgresListenerTest.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (on, method, given) -> method.getName().equals("getConnection") ? of : null);
    }

    private interface Call {
        Object now() throws ReflectiveOperationException;
    }

    private static Object invoke(Call call) throws Throwable {
        try {
            return call.now();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

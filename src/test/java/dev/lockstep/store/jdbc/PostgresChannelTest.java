package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.spi.DirectLog.StoreChannel;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What befalls the connection that listens, and who else may write to it. */
class PostgresChannelTest {

    private static final String LISTENING =
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database()";

    private final TestDatabase database = TestDatabase.postgres();
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final List<Poke> heard = new CopyOnWriteArrayList<>();
    private final JdbcStore sending = database.open("/shop");
    private JdbcStore hearing = database.open("/shop");
    private RevocationChannel telling;

    @AfterEach
    void close() {
        hearing.close();
        sending.close();
        database.close();
    }

    @Test
    void aConnectionThatIsEndedIsReplaced() {
        try (RevocationChannel first = started(sending, new RecordedNodeEvents());
                RevocationChannel second = started(hearing, told)) {
            for (int i = 0; i < 3; i++) {
                await().until(() -> told.of("channel").contains("channel true"));
                told.take();
                TestDatabase.query(
                        database.dataSource(),
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"
                                + " AND datname = current_database()");
                await().until(() -> told.of("channel").contains("channel false"));
            }
            heard.clear();
            untilHeard();
        }
    }

    @Test
    void itsLossAndItsReturnAreSaidOnce() {
        try (CapturedLog log = new CapturedLog(NotificationChannel.class.getName());
                RevocationChannel channel = started(hearing, told)) {
            await().until(() -> told.of("channel").contains("channel true"));
            TestDatabase.query(
                    database.dataSource(),
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"
                            + " AND datname = current_database()");
            await().until(() -> log.messages().stream().anyMatch(line -> line.startsWith("LOCKSTEP-0142 ")));

            assertThat(log.messages().stream().filter(line -> line.startsWith("LOCKSTEP-0141 ")))
                    .hasSize(1);
        }
    }

    @Test
    void whatStrangersSendIsNoMoreThanAPoke() {
        try (RevocationChannel first = started(sending, new RecordedNodeEvents());
                RevocationChannel second = started(hearing, told)) {
            untilHeard();
            String channel = listenedTo();
            heard.clear();
            TestDatabase.execute(
                    database.dataSource(),
                    "SELECT pg_notify('" + channel + "', repeat('x', 7000)), pg_notify('" + channel
                            + "', ''), pg_notify('" + channel + "', 'c 1 9999999999999999999 a'), pg_notify('" + channel
                            + "', 'c 12 9223372036854775807 forged')");
            await().until(() -> !heard.isEmpty());
            untilHeard();

            assertThat(heard).anyMatch(poke -> poke.sender().equals("forged"));
            assertThat(told.of("channel")).containsExactly("channel true");
        }
    }

    @Test
    void afterClosingNobodyListens() {
        RevocationChannel channel = started(hearing, told);
        await().until(() -> told.of("channel").contains("channel true"));
        assertThat(TestDatabase.number(database.dataSource(), LISTENING)).isEqualTo(1);

        channel.close();

        await().until(() -> TestDatabase.number(database.dataSource(), LISTENING) == 0);
        assertThat(told.of("channel")).containsExactly("channel true", "channel false");
    }

    @Test
    void aPoolThatDoesNotUnwrapLeavesItToThePolls() {
        assertDeaf(
                connection -> DeafConnections.around(connection, () -> true, Connection.class),
                "the pool does not unwrap its connections");
    }

    /** As behind a pooler that gives each transaction another connection of the server's. */
    @Test
    void aConnectionToWhichNothingComesLeavesItToThePolls() {
        assertDeaf(
                connection -> DeafConnections.around(connection, () -> true, Connection.class, PGConnection.class),
                "nothing that is sent arrives");
    }

    /** As when a pooler is put in between, or a firewall forgets the connection. */
    @Test
    void aConnectionThatGoesDeafLaterIsNoticed() {
        AtomicBoolean deaf = new AtomicBoolean();
        hearFrom(connection -> DeafConnections.around(connection, deaf::get, Connection.class, PGConnection.class));
        StoreChannel channel = ((DirectCalls) hearing.connect())
                .channel(Duration.ofMillis(100))
                .orElseThrow();
        try (CapturedLog log = new CapturedLog(NotificationChannel.class.getName());
                RevocationChannel second = started(hearing, channel, told)) {
            await().until(() -> told.of("channel").contains("channel true"));

            deaf.set(true);

            await().until(() -> told.of("channel").contains("channel false"));
            assertThat(log.messages()).hasSize(1);
            assertThat(log.messages().get(0)).startsWith("LOCKSTEP-0140 ").contains("nothing that is sent arrives");
        }
    }

    /** As where a server ends its deployments by a thread that it has interrupted. */
    @Test
    void afterAnInterruptedCloseNobodyListensEither() {
        AtomicBoolean deaf = new AtomicBoolean();
        AtomicBoolean waits = new AtomicBoolean();
        hearFrom(connection -> DeafConnections.around(
                connection,
                () -> {
                    waits.compareAndSet(false, deaf.get());
                    return waits.get();
                },
                Connection.class,
                PGConnection.class));
        RevocationChannel channel = started(hearing, told);
        await().until(() -> told.of("channel").contains("channel true"));
        deaf.set(true);
        await().until(() -> {
            TestDatabase.execute(database.dataSource(), "SELECT pg_notify('" + listenedTo() + "', 'x')");
            return waits.get(); // and nothing wakes it
        });

        Thread.currentThread().interrupt();
        channel.close();

        assertThat(Thread.interrupted()).isTrue();
        await().until(() -> TestDatabase.number(database.dataSource(), LISTENING) == 0);
    }

    /** By everybody of the application. */
    private String listenedTo() {
        return TestDatabase.query(
                        database.dataSource(),
                        "SELECT substring(query FROM 'LISTEN (lockstep_[0-9a-f]+)') FROM pg_stat_activity"
                                + " WHERE query LIKE 'LISTEN %' AND datname = current_database()")
                .get(0);
    }

    private void hearFrom(Lending lending) {
        hearing.close();
        hearing = JdbcStore.open(lent(lending), "/shop", StoreSettings.DEFAULTS, Executors.defaultThreadFactory());
    }

    private void assertDeaf(Lending lending, String why) {
        hearFrom(lending);
        try (CapturedLog log = new CapturedLog(NotificationChannel.class.getName());
                RevocationChannel channel = started(hearing, told)) {
            await().until(() -> !log.messages().isEmpty());

            assertThat(log.messages()).hasSize(1);
            assertThat(log.messages().get(0)).startsWith("LOCKSTEP-0140 ").contains(why);
            assertThat(told.of("channel")).isEmpty();
            await("the connection is not given back to the pool")
                    .until(() -> TestDatabase.number(database.dataSource(), LISTENING) == 0);
        }
    }

    private interface Lending {
        Connection wrapped(Connection connection);
    }

    private DataSource lent(Lending lending) {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) ->
                        lending.wrapped(database.dataSource().getConnection()));
    }

    private void untilHeard() {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            telling.push(PostgresChannelContractTest.message(), Duration.ofSeconds(30), row -> {});
            return !heard.isEmpty();
        });
    }

    private RevocationChannel started(JdbcStore store, RecordedNodeEvents events) {
        return started(store, store.channel().orElseThrow(), events);
    }

    private RevocationChannel started(JdbcStore store, StoreChannel of, RecordedNodeEvents events) {
        RevocationChannel channel = of.factory().open(Executors.defaultThreadFactory(), events.listener());
        telling = store == sending ? channel : telling;
        channel.start(new Receiver() {
            @Override
            public Optional<String> apply(Message message) {
                return Optional.empty();
            }

            @Override
            public Duration poked(Collection<Poke> pokes) {
                if (store == hearing) {
                    heard.addAll(pokes);
                }
                return Duration.ZERO;
            }
        });
        return channel;
    }
}

package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.spi.ChannelListener;
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
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the thread that listens does something again. */
class PostgresChannelPausesTest {

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String LISTENER = "the one that listens";

    private final TestDatabase database = TestDatabase.postgres();
    private final AtomicInteger up = new AtomicInteger();

    @AfterEach
    void close() {
        database.close();
    }

    /** Or the database would have a statement of each node's ten times a second. */
    @Test
    void aPoolWhoseConnectionsCannotListenIsNotAskedAgainSoon() {
        AtomicInteger asked = new AtomicInteger();
        DataSource hiding = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (Thread.currentThread().getName().equals(LISTENER)) {
                        asked.incrementAndGet();
                    }
                    return DeafConnections.around(database.dataSource().getConnection(), () -> true, Connection.class);
                });
        try (CapturedLog log = new CapturedLog(NotificationChannel.class.getName());
                JdbcStore store =
                        JdbcStore.open(hiding, "/shop", StoreSettings.DEFAULTS, Executors.defaultThreadFactory());
                RevocationChannel channel = started(store, new Hearing(Duration.ZERO))) {
            await().until(() -> !log.messages().isEmpty());

            await().during(Duration.ofSeconds(1)).until(() -> asked.get() == 1);
        }
    }

    /** By one poke alone: another would have it looked at, too. */
    @Test
    void whatIsPutOffIsHandedOverAgainAfterThePauseAndNotBefore() {
        Hearing hearing = new Hearing(PAUSE);
        try (JdbcStore sending = database.open("/shop");
                JdbcStore store = database.open("/shop");
                RevocationChannel first = started(sending, new Hearing(Duration.ZERO));
                RevocationChannel second = started(store, hearing)) {
            await().atMost(PATIENCE).until(() -> up.get() == 2);
            first.push(PostgresChannelContractTest.message(), PATIENCE, row -> {});
            await().until(() -> hearing.times.size() > 1);

            assertThat(hearing.times.get(1) - hearing.times.get(0)).isGreaterThanOrEqualTo(PAUSE.toNanos());
        }
    }

    private RevocationChannel started(JdbcStore store, Receiver receiver) {
        RevocationChannel channel = store.channel()
                .orElseThrow()
                .factory()
                .open(work -> new Thread(work, LISTENER), new ChannelListener() {
                    @Override
                    public void channel(boolean isUp) {
                        up.addAndGet(isUp ? 1 : -1);
                    }
                });
        channel.start(receiver);
        return channel;
    }

    /** When it was handed something; it puts off the first. */
    private record Hearing(Duration pause, List<Long> times) implements Receiver {

        Hearing(Duration pause) {
            this(pause, new CopyOnWriteArrayList<>());
        }

        @Override
        public Optional<String> apply(Message message) {
            return Optional.empty();
        }

        @Override
        public Duration poked(Collection<Poke> pokes) {
            times.add(System.nanoTime());
            return times.size() == 1 ? pause : Duration.ZERO;
        }
    }
}

package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What takes long, or comes in floods, fills its own threads and its own queue, and nothing else's.
 */
class StarvationTest {

    private static final int QUEUE = 3;
    private static final String FIND = "LEFT JOIN lockstep_session";
    private static final String AMONG = "n.id IN (";

    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean flooded;
    private final AtomicInteger hanging = new AtomicInteger();
    private final JdbcDataSource database = new JdbcDataSource();

    StarvationTest() {
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 16})
    void loginsLogoutsAndPollsHaveRoomOfTheirOwn(int threads) {
        try (JdbcStore store = open(threads, FIND);
                Concurrently concurrently = new Concurrently()) {
            SessionCopy copy = store.open(Samples.session("alice"));
            flooded = true;
            int readers = threads >= 8 ? threads - 7 : threads - 4;
            while (hanging.get() < readers || store.waiting() < QUEUE) {
                int stuck = hanging.get();
                int waiting = store.waiting();
                var unused = concurrently.start(() -> store.find(Samples.digest()));
                // a connection of its own, with those that wait, unless the last began just now
                Awaitility.await().until(() -> hanging.get() > stuck || store.waiting() > waiting);
            }
            assertThatThrownBy(() -> store.find(Samples.digest())).hasMessageStartingWith("LOCKSTEP-0102 ");

            assertThat(store.open(Samples.session("bob"))).isNotNull();
            assertThat(store.rotate(copy.digest(), Samples.digest())).isNotNull();
            assertThat(store.revoke(List.of(new OfToken(copy.digest())))).hasSize(1);
            LogPosition start = new LogPosition(copy.epoch(), 0);
            assertThat(store.poll("none", start, 10).rows()).hasSize(2);
            gate.countDown();
        }
    }

    /**
     * Whoever waits for nodes reads them again soon; the store's own timeout is half a minute here.
     */
    @Test
    @Timeout(20)
    void aReadingOfNodesThatHangsHoldsUpTheNextForASecondOnly() {
        try (JdbcStore store = open(StoreSettings.MIN_THREADS, AMONG)) {
            flooded = true;
            assertThatThrownBy(() -> store.nodesAmong(List.of("none"))).isInstanceOf(StoreUnavailableException.class);
            gate.countDown();
        }
    }

    /** What no logout waits for, and where it hangs. */
    enum Housekeeping {
        SWEEP("valid_until <= ", (store, head) -> store.deleteExpired(Instant.now())),
        FENCE("SET fenced = TRUE", (store, head) -> store.fence(List.of("none"))),
        REMOVE("DELETE FROM lockstep_node", (store, head) -> store.remove(List.of("none"))),
        TRIM("FOR UPDATE WAIT", JdbcStore::trim);

        private final String statement;
        private final BiConsumer<JdbcStore, LogPosition> call;

        Housekeeping(String statement, BiConsumer<JdbcStore, LogPosition> call) {
            this.statement = statement;
            this.call = call;
        }
    }

    /** As a logout does: commit, and read the nodes again until all have heard of it. */
    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void housekeepingThatHangsHoldsUpNeitherLogoutsNorTheReadingOfNodesNorPolls(Housekeeping work) throws Exception {
        try (JdbcStore store = open(StoreSettings.MIN_THREADS, work.statement);
                Concurrently concurrently = new Concurrently()) {
            LogPosition start = store.nodes().head();
            SessionCopy copy = store.open(Samples.session("alice"));
            assertThat(store.rotate(copy.digest(), Samples.digest())).isNotNull();
            flooded = true;
            LogPosition head = store.nodes().head();
            Future<Boolean> stuck = concurrently.start(() -> {
                work.call.accept(store, head);
                return true;
            });
            Awaitility.await().until(() -> hanging.get() > 0);
            flooded = false;

            assertThat(store.revoke(List.of(new OfToken(copy.digest())))).hasSize(1);
            assertThat(store.nodesAmong(List.of("none")).rows()).isEmpty();
            assertThat(store.poll("none", start, 10).rows()).isNotEmpty();
            assertThat(stuck).isNotDone();
            gate.countDown();
            assertThat(stuck.get()).isTrue();
        }
    }

    private JdbcStore open(int threads, String stuckIn) {
        return JdbcStore.open(
                stuckIn(stuckIn),
                "/shop",
                StoreSettings.DEFAULTS
                        .withTimeout(Duration.ofSeconds(30))
                        .withThreads(threads)
                        .withQueue(QUEUE),
                Executors.defaultThreadFactory());
    }

    private DataSource stuckIn(String statement) {
        return proxy(DataSource.class, database, (name, arguments) -> {}, connection -> stuck(connection, statement));
    }

    private Object stuck(Object connection, String statement) {
        return proxy(
                Connection.class,
                connection,
                (name, arguments) -> {
                    if (flooded
                            && name.equals("prepareStatement")
                            && arguments[0].toString().contains(statement)) {
                        hanging.incrementAndGet();
                        gate.await();
                    }
                },
                result -> result);
    }

    private interface Before {
        void call(String name, Object[] arguments) throws InterruptedException;
    }

    private interface After {
        Object of(Object result);
    }

    private static <T> T proxy(Class<T> type, Object target, Before before, After after) {
        return type.cast(Proxy.newProxyInstance(
                StarvationTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    before.call(method.getName(), arguments);
                    try {
                        return after.of(method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}

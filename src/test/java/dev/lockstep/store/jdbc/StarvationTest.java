package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LogPosition;
import dev.lockstep.RevocationTarget.OfToken;
import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.Samples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A flood of unknown tokens: reads fill their threads and their queue, and nothing else's. */
class StarvationTest {

    private static final int QUEUE = 3;
    private static final String FIND = "LEFT JOIN lockstep_session";
    private static final String BEHIND = "n.applied < ?";

    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean flooded;
    private final JdbcDataSource database = new JdbcDataSource();

    StarvationTest() {
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void loginsLogoutsAndPollsHaveRoomOfTheirOwn(int threads) {
        try (JdbcStore store = open(threads, FIND);
                Concurrently concurrently = new Concurrently()) {
            SessionCopy copy = store.open(Samples.session("alice"));
            flooded = true;
            int readers = threads >= 8 ? threads - 6 : threads - 3;
            for (int i = 1; i <= readers + QUEUE; i++) {
                int begun = i;
                var unused = concurrently.start(() -> store.find(Samples.digest()));
                Awaitility.await()
                        .until(() ->
                                store.busy() == Math.min(begun, readers) && store.waiting() == begun - store.busy());
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

    /** Whoever waits for nodes reads them again soon; the store's own timeout is half a minute here. */
    @Test
    @Timeout(20)
    void aReadingOfNodesThatHangsHoldsUpTheNextForASecondOnly() {
        try (JdbcStore store = open(4, BEHIND)) {
            flooded = true;
            assertThatThrownBy(() -> store.nodesBehind(new LogPosition(1, 1)))
                    .isInstanceOf(StoreUnavailableException.class);
            gate.countDown();
        }
    }

    private JdbcStore open(int threads, String stuckIn) {
        return JdbcStore.open(
                stuckIn(stuckIn),
                new StoreSettings("/shop", Duration.ofSeconds(30), threads, QUEUE, SchemaMode.MIGRATE),
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

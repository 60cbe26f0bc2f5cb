package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.spi.NodeListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a deployment may do while a store is being opened, and when it must fail. */
class OpeningStoreTest {

    /** Which only the rehearsal runs when a store is opened. */
    private static final String REHEARSED = "DELETE FROM lockstep_node";

    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /** It would wait for itself if the store came only once they had been tried. */
    @Test
    @Timeout(60)
    void theStoreIsThereWhileItsStatementsAreTried() {
        CountDownLatch released = new CountDownLatch(1);

        try (OpeningStore opening = begin(released::await)) {
            JdbcStore store = opening.made();
            released.countDown();
            opening.awaitRehearsal();

            assertThat(store.list("alice")).isEmpty();
        }
        awaitThreadsToEnd();
    }

    @Test
    void aStatementThatFailsFailsTheOpening() {
        OpeningStore opening = begin(() -> {
            throw new SQLException("no right", "42501");
        });

        assertThat(opening.made()).isNotNull();
        assertThatThrownBy(opening::awaitRehearsal)
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0128 The store could not remove nodes");
        opening.close();
        awaitThreadsToEnd();
    }

    @Test
    void tablesThatCannotBeMadeFailTheOpening() {
        OpeningStore opening = begin("nothing", () -> {}, ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE");

        assertThatThrownBy(opening::made)
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0123 ");
        assertThatThrownBy(opening::awaitRehearsal).hasMessageStartingWith("LOCKSTEP-0123 ");
        opening.close();
        awaitThreadsToEnd();
    }

    /** A deployment fails for another reason. */
    @Test
    void itIsClosedWhileStatementsAreTried() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        OpeningStore opening = begin(() -> {
            begun.countDown();
            released.await();
        });
        Awaitility.await().until(() -> begun.getCount() == 0);
        Thread closing = new Thread(opening::close);
        closing.start();
        Awaitility.await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);

        released.countDown();

        awaitThreadsToEnd();
        Awaitility.await().until(() -> !closing.isAlive());
    }

    private OpeningStore begin(Step rehearsed) {
        return begin(REHEARSED, rehearsed, "");
    }

    private OpeningStore begin(String statement, Step before, String options) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + options);
        DataSource watched = wrapped(
                DataSource.class,
                h2,
                (method, arguments, result) -> method.equals("getConnection")
                        ? wrapped(Connection.class, result, (called, given, prepared) -> {
                            if (called.equals("prepareStatement")
                                    && given[0].toString().startsWith(statement)) {
                                before.run();
                            }
                            return prepared;
                        })
                        : result);
        StoreDataSource source = StoreDataSource.bound("java:comp/Sessions", lookup(watched), Duration.ofSeconds(2));
        return OpeningStore.begin(
                source,
                "/shop",
                StoreSettings.DEFAULTS,
                work -> {
                    Thread thread = new Thread(work);
                    threads.add(thread);
                    return thread;
                },
                NodeListener.NONE);
    }

    private static StoreDataSource.Lookup lookup(DataSource bound) {
        return new StoreDataSource.Lookup() {
            @Override
            public <T> Optional<T> find(String name, Class<T> type) {
                return Optional.of(type.cast(bound));
            }
        };
    }

    private void awaitThreadsToEnd() {
        Awaitility.await().untilAsserted(() -> assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive));
    }

    private interface Step {
        void run() throws Exception;
    }

    private interface Watch {
        Object seen(String method, Object[] arguments, Object result) throws Exception;
    }

    private static <T> T wrapped(Class<T> type, Object target, Watch watch) {
        return type.cast(Proxy.newProxyInstance(
                OpeningStoreTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return watch.seen(method.getName(), arguments, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}

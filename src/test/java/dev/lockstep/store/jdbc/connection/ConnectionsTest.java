package dev.lockstep.store.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.spi.NodeClock;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pool that fails when it gets a connection back. */
class ConnectionsTest {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final Deadline deadline = Deadline.after(NodeClock.SYSTEM, Duration.ofSeconds(30));

    static List<Exception> failures() {
        return List.of(
                new SQLException("the pool lost it", "08003"),
                new SQLException("the pool is closed", "HY000"),
                new IllegalStateException("the pool is gone"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void workThatIsDoneIsDoneOnceAndNotReportedAsFailed(Exception onClose) throws Exception {
        Connections connections = new Connections(() -> lent(onClose), true, SqlErrors.STANDARD);
        AtomicInteger done = new AtomicInteger();
        StoreConnection.Work<Integer> work = connection -> done.incrementAndGet();

        assertThat(connections.job(work).run(deadline)).isEqualTo(1);
        assertThat(connections.jobOnce(work, after -> {}).run(deadline)).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void workThatFailsFailsForItsOwnReason(Exception onClose) {
        Connections connections = new Connections(() -> lent(onClose), true, SqlErrors.STANDARD);
        SQLException own = new SQLException("its own", "23505");

        assertThatThrownBy(() -> connections
                        .job(connection -> {
                            throw own;
                        })
                        .run(deadline))
                .isSameAs(own);
    }

    private Connection lent(Exception onClose) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    try {
                        Object answer = method.invoke(connection, arguments);
                        if (method.getName().equals("close")) {
                            throw onClose;
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package dev.lockstep.bench.scale;

import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.bench.Databases;
import dev.lockstep.bench.Median;
import dev.lockstep.bench.Node;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A store with so many sessions, in a database of its own, and what its calls took. One thread's.
 */
final class SizedStore implements AutoCloseable {

    /** A count of all may take longer than requests are to wait. */
    private static final StoreSettings PATIENT = StoreSettings.DEFAULTS.withTimeout(Duration.ofMinutes(2));

    private final long sessions;
    private final HikariDataSource pool;
    private final JdbcStore store;
    private final SessionRows rows;
    private final List<StoreCall> calls;
    private final Map<String, double[]> micros = new LinkedHashMap<>();

    private SizedStore(HikariDataSource pool, long sessions, int rounds) throws SQLException {
        this.pool = pool;
        this.sessions = sessions;
        this.store = JdbcStore.open(pool, Node.APPLICATION, PATIENT, Thread::new);
        this.rows = new SessionRows(pool);
        rows.add(sessions);
        rows.addGone(StoreCalls.swept(rounds));
        this.calls = new StoreCalls(store, new LiveSessions(sessions)).all();
    }

    /** @param rounds at most */
    static SizedStore fill(PostgresServer server, long sessions, int rounds) throws SQLException {
        String name = "sessions_" + sessions;
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        HikariDataSource pool = Databases.pool(server, name);
        try {
            return new SizedStore(pool, sessions, rounds);
        } catch (SQLException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    long sessions() {
        return sessions;
    }

    SessionRows rows() {
        return rows;
    }

    List<StoreCall> calls() {
        return calls;
    }

    HikariDataSource pool() {
        return pool;
    }

    /** What is to be measured of one of its {@link #calls} in a round. */
    void measure(StoreCall call, int number) throws Exception {
        double[] before = micros.getOrDefault(call.name(), new double[0]);
        double[] round = call.make(number);
        double[] all = Arrays.copyOf(before, before.length + round.length);
        System.arraycopy(round, 0, all, before.length, round.length);
        micros.put(call.name(), all);
    }

    /** Forgets what was measured so far. */
    void warmedUp() {
        micros.clear();
    }

    /** Microseconds. */
    double median(String call) {
        return Median.of(taken(call));
    }

    /** Microseconds; what one in a hundred calls exceeded. */
    double late(String call) {
        double[] sorted = taken(call).clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - 1 - sorted.length / 100];
    }

    private double[] taken(String call) {
        return Objects.requireNonNull(micros.get(call));
    }

    @Override
    public void close() {
        store.close();
        pool.close();
    }
}

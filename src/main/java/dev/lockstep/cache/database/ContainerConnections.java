package dev.lockstep.cache.database;

import dev.lockstep.pool.DriverFailure;
import dev.lockstep.pool.Eviction;
import dev.lockstep.spi.NodeClock;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections of a container's DataSource, taken for each operation, as containers expect. How long
 * taking one may last, and how many there are, is the DataSource's own setting.
 *
 * <p>A connection that takes part in the caller's transaction is not used: the caller's rollback
 * would undo what is put, and a failure of ours would abort the caller's work. It is known by not
 * committing on its own.
 *
 * <p>After a restart of the database all connections of a pool are dead, and one that does not
 * validate gives them again and again. So a connection that turns out to be dead is evicted from
 * its pool; one that is so before it has been used makes room for the next, until one lives or the
 * time is over.
 *
 * <p>Thread-safe. {@code known} holds the dialect once the table was seen; two that find it empty
 * both prepare, which is harmless.
 */
final class ContainerConnections implements ConnectionSource {

    /** No request waits for upkeep; a batch that takes longer is left to the next sweep. */
    private static final Duration UPKEEP_TIMEOUT = Duration.ofSeconds(5);

    /**
     * So many dead ones in a row are not left over in a pool: the server ends each new connection.
     */
    private static final int MAX_ATTEMPTS = 30;

    private final Supplier<Optional<DataSource>> lookup;
    private final String name;
    private final NodeClock clock;
    private final Duration timeout;
    private final AtomicReference<@Nullable CacheDialect> known = new AtomicReference<>();

    /**
     * @param lookup asked each time: the DataSource may be bound, or bound again, later than this
     *     is made
     */
    ContainerConnections(Supplier<Optional<DataSource>> lookup, String name, NodeClock clock, Duration timeout) {
        this.lookup = lookup;
        this.name = name;
        this.clock = clock;
        this.timeout = timeout;
    }

    @Override
    public void warmUp() throws SQLException {
        giveBack(takeForUpkeep());
    }

    @Override
    public CacheConnection take() throws SQLException {
        return take(timeout);
    }

    @Override
    public CacheConnection takeForUpkeep() throws SQLException {
        return take(UPKEEP_TIMEOUT);
    }

    @Override
    public void giveBack(CacheConnection connection) {
        try {
            connection.dialect().tearDown(connection.connection());
        } catch (SQLException | UndeclaredThrowableException e) {
            known.set(null);
            if (DriverFailure.isLost(DriverFailure.within(e))) {
                Eviction.evict(connection.connection());
                return;
            }
        }
        connection.close();
    }

    @Override
    public void drop(CacheConnection connection) {
        known.set(null);
        giveBack(connection);
    }

    @Override
    public void close() {}

    private CacheConnection take(Duration limit) throws SQLException {
        long begin = clock.nanoTime();
        int attempts = 0;
        while (true) {
            Connection connection = connection();
            try {
                return checked(connection, limit);
            } catch (SQLException e) {
                attempts++;
                boolean over = attempts == MAX_ATTEMPTS || clock.nanoTime() - begin >= limit.toNanos();
                if (over || !DriverFailure.isLost(e)) {
                    throw e;
                }
            }
        }
    }

    /** Gives the connection back, or evicts it, if that fails. */
    private CacheConnection checked(Connection connection, Duration limit) throws SQLException {
        try {
            if (!connection.getAutoCommit()) {
                throw new SQLTransientConnectionException("the connections of " + name
                        + " take part in the caller's transaction; make it a DataSource that does not (WildFly:"
                        + " jta=false, Payara: non-transactional-connections=true) and commits each statement");
            }
            return new CacheConnection(connection, prepare(connection, limit), null);
        } catch (SQLException | UndeclaredThrowableException e) {
            SQLException failure = DriverFailure.within(e);
            if (DriverFailure.isLost(failure)) {
                Eviction.evict(connection);
            } else {
                CacheConnection.closeQuietly(connection);
            }
            throw failure;
        } catch (RuntimeException e) {
            CacheConnection.closeQuietly(connection);
            throw e;
        }
    }

    private CacheDialect prepare(Connection connection, Duration limit) throws SQLException {
        CacheDialect dialect = known.get();
        if (dialect != null) {
            dialect.setUp(connection, limit);
            return dialect;
        }
        CacheDialect found = DatabaseProduct.of(connection).dialect(clock);
        found.setUp(connection, limit);
        found.prepare(connection);
        known.set(found);
        return found;
    }

    private Connection connection() throws SQLException {
        DataSource dataSource = lookup.get()
                .orElseThrow(() -> new SQLTransientConnectionException("no DataSource is bound at " + name));
        return dataSource.getConnection();
    }
}

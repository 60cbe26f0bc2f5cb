package dev.lockstep.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.LockstepException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections to a JDBC URL, by HikariCP: for use outside of a container, whose DataSources have pools of
 * their own. Thread-safe; closed once.
 */
public final class PooledDataSource implements AutoCloseable {

    /** Connections beyond the store's own threads: none is ever waited for. */
    private static final int SPARE = 2;

    private final HikariDataSource pool;

    private PooledDataSource(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * Connects to nothing yet.
     *
     * @throws LockstepException if HikariCP or the driver is absent, naming what to add
     */
    public static PooledDataSource open(String url, @Nullable String user, @Nullable String password, int threads) {
        try {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setUsername(user);
            config.setPassword(password);
            config.setMaximumPoolSize(threads + SPARE);
            config.setInitializationFailTimeout(-1);
            return new PooledDataSource(new HikariDataSource(config));
        } catch (NoClassDefFoundError e) {
            throw new LockstepException(
                    "LOCKSTEP-0190 lockstep.store.url needs a connection pool that the application does not have: add"
                            + " com.zaxxer:HikariCP to its dependencies, or use lockstep.store.datasource.",
                    e);
        } catch (RuntimeException e) {
            throw new LockstepException(
                    "LOCKSTEP-0191 lockstep.store.url can't be used; is it right, and is its driver (com.h2database:h2 or"
                            + " org.postgresql:postgresql) among the application's dependencies? " + e.getMessage(),
                    e);
        }
    }

    /** The pool. */
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}

package dev.lockstep.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.LockstepException;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.store.jdbc.connection.DeadConnections;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where a store's connections come from: a DataSource that the container has bound, or, outside of
 * one, a pool of our own (HikariCP) for a JDBC URL. Thread-safe; closed once, after the store.
 */
public final class StoreDataSource implements AutoCloseable {

    /**
     * Connections beyond the store's own threads: none is ever waited for. A channel keeps one, and
     * borrows another.
     */
    private static final int SPARE = 4;

    /**
     * How long a thread of the store may be kept by a database out of reach, after its caller has
     * gone.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A tenth of what a deployment notices as a wait. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A bound, as nothing promises that a {@code ServiceLoader} goes on after a failure. */
    private static final int MAX_BROKEN_DRIVERS = 100;

    /** A shorter wait is not worth a message. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(StoreDataSource.class.getName());

    private final String name;
    private final DataSource dataSource;
    private final Runnable end;

    private StoreDataSource(String name, DataSource dataSource, Runnable end) {
        this.name = name;
        this.dataSource = dataSource;
        this.end = end;
    }

    /**
     * One that is bound in JNDI. Looks again until a deadline, since a server may bind things while
     * it deploys applications.
     *
     * @param lookup finds what is bound under a name
     * @throws LockstepException if there is none by then
     */
    public static StoreDataSource bound(String name, Lookup lookup, Duration deadline) {
        Optional<DataSource> found = find(name, lookup, SILENCE);
        if (found.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "LOCKSTEP-0125 No DataSource is bound in JNDI as " + name + " yet; it is waited for, for "
                            + deadline.toSeconds() + " s at most");
            found = find(name, lookup, deadline.minus(SILENCE));
        }
        DataSource dataSource = found.orElseThrow(() -> notBound(name, deadline));
        return new StoreDataSource("lockstep.store.datasource " + name, dataSource, () -> {});
    }

    /** Whether a container has bound it by now. */
    public static boolean isBound(String name, Lookup lookup) {
        return lookup.find(name, DataSource.class).isPresent();
    }

    private static Optional<DataSource> find(String name, Lookup lookup, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        Optional<DataSource> found = lookup.find(name, DataSource.class);
        while (found.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            found = lookup.find(name, DataSource.class);
        }
        return found;
    }

    /** Finds what a container has bound. */
    @FunctionalInterface
    public interface Lookup {
        <T> Optional<T> find(String name, Class<T> type);
    }

    /**
     * A pool for a URL. Connects to nothing yet.
     *
     * @throws LockstepException if HikariCP or the driver is absent, naming what to add
     */
    public static StoreDataSource pooled(String url, @Nullable String user, @Nullable String password, int threads) {
        try {
            HikariConfig config = new HikariConfig();
            String completed = Dialects.completed(url);
            config.setJdbcUrl(completed);
            driverOfApplication(completed).ifPresent(config::setDriverClassName);
            config.setUsername(user);
            config.setPassword(password);
            config.setMaximumPoolSize(threads + SPARE);
            config.setConnectionTimeout(PATIENCE.toMillis());
            config.setInitializationFailTimeout(-1);
            config.setExceptionOverrideClassName(DeadConnections.class.getName());
            HikariDataSource pool = new HikariDataSource(config);
            return new StoreDataSource("lockstep.store.url " + Redaction.url(url), pool, pool::close);
        } catch (NoClassDefFoundError e) {
            throw new LockstepException(
                    "LOCKSTEP-0190 lockstep.store.url needs a connection pool that the application does not have: add"
                            + " com.zaxxer:HikariCP to its dependencies, or use lockstep.store.datasource.",
                    e);
        } catch (RuntimeException e) {
            throw new LockstepException(
                    "LOCKSTEP-0191 lockstep.store.url can't be used; is it right, and is its driver ("
                            + Dialects.drivers()
                            + ") among the application's dependencies? "
                            + Redaction.message(e, url),
                    Redaction.cause(e, url));
        }
    }

    /**
     * The class of the application's driver for a URL. {@code DriverManager} looks for drivers once
     * in the life of a JVM, and so does not find those of an application that a server deploys
     * later.
     */
    private static Optional<String> driverOfApplication(String url) {
        Iterator<Driver> drivers = ServiceLoader.load(Driver.class).iterator();
        for (int broken = 0; broken < MAX_BROKEN_DRIVERS; broken++) {
            try {
                while (drivers.hasNext()) {
                    Driver driver = drivers.next();
                    if (accepts(driver, url)) {
                        return Optional.of(driver.getClass().getName());
                    }
                }
                return Optional.empty();
            } catch (ServiceConfigurationError | LinkageError e) {
                // may be one for another database; the next call goes on with the next
            }
        }
        return Optional.empty();
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    /** For people: the setting and its value, without a password. */
    String name() {
        return name;
    }

    DataSource dataSource() {
        return dataSource;
    }

    @Override
    public void close() {
        end.run();
    }

    private static LockstepException notBound(String name, Duration deadline) {
        return new LockstepException(
                "LOCKSTEP-0192 No DataSource is bound in JNDI as " + name + " (looked for " + deadline.toSeconds()
                        + " s). Define it in the server, or set lockstep.store.datasource to the name of one that is;"
                        + " outside of a server set lockstep.store.url.",
                null);
    }
}

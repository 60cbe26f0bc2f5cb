package dev.lockstep.cache.database;

import dev.lockstep.CacheException;
import dev.lockstep.LockstepException;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.EncodedCache;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.spi.CacheContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Copies in a table of SQLite or PostgreSQL, apart from the session store:
 * {@code lockstep_cache_1}, keyed by application and digest, with the sealed copy and its time to
 * live.
 *
 * <p><b>Time to live.</b> The API counts it by a monotonic clock, but an entry must mean the same
 * to every process, and no monotonic clock does that between machines. So SQLite's entries, which
 * stay on one machine, are dead as soon as its monotonic <i>or</i> its wall clock says so;
 * PostgreSQL's live by the server's clock alone ({@link SqliteCacheDialect},
 * {@link PostgresCacheDialect}). A wrong clock there costs hits; it may let an entry live longer
 * only by as much as that clock was set back. That is never a wrong answer: a copy's age is judged
 * again by its log position, and its session's lifetime by the store's clock, whenever it is used.
 *
 * <p><b>Failure.</b> Every statement has the time-out of the configuration, and so has the wait for
 * a connection to a URL. What fails throws; connections are made again, and the table with them,
 * when the database is back. Nothing is lost but hits.
 *
 * <p>Thread-safe.
 */
final class DatabaseCache extends EncodedCache implements AutoCloseable {

    private static final Logger LOG = System.getLogger(DatabaseCache.class.getName());

    private final ConnectionSource connections;
    private final CacheTable table;
    private final Upkeep upkeep;

    DatabaseCache(ConnectionSource connections, CacheContext context) {
        super(context.seal());
        this.connections = connections;
        this.table = new CacheTable(connections, context.application());
        this.upkeep = new Upkeep(table, context.maxEntries(), context.scheduler());
    }

    /**
     * Opens the cache, whether or not the database can be reached.
     *
     * @throws LockstepException if SQLite's file could be written by others
     */
    static DatabaseCache open(DatabaseSettings settings, CacheContext context) {
        ConnectionSource connections = source(settings, context);
        try {
            connections.warmUp();
        } catch (UnsafeDatabaseException e) {
            throw new LockstepException(
                    "LOCKSTEP-0330 The cache " + settings + " is not safe to use: " + e.getMessage() + ".", e);
        } catch (SQLException e) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0331 The cache " + settings
                            + " can't be used yet; the store is asked instead, until it can: "
                            + Redaction.message(e, "") + " cache=database database=" + settings);
        }
        DatabaseCache cache = new DatabaseCache(connections, context);
        cache.upkeep.start();
        return cache;
    }

    @Override
    public void invalidate(TokenDigest digest) {
        try {
            table.remove(digest);
        } catch (SQLException e) {
            throw failed("written", e);
        }
    }

    @Override
    public void clear() {
        try {
            table.clear();
        } catch (SQLException e) {
            throw failed("cleared", e);
        }
    }

    @Override
    public void close() {
        upkeep.close();
        connections.close();
    }

    @Override
    protected byte @Nullable [] read(TokenDigest digest) {
        try {
            return table.get(digest);
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    @Override
    protected void write(TokenDigest digest, byte[] bytes, Duration timeToLive) {
        try {
            table.put(digest, bytes, timeToLive);
            upkeep.wrote();
        } catch (SQLException e) {
            throw failed("written", e);
        }
    }

    private static ConnectionSource source(DatabaseSettings settings, CacheContext context) {
        if (settings.url().isPresent()) {
            DatabaseProduct product =
                    DatabaseProduct.ofUrl(settings.url().get()).orElseThrow();
            Connector connector = new Connector(product, settings, context.clock());
            return new ConnectionPool(connector, context.scheduler(), context.timeout(), settings.connections());
        }
        String name = settings.dataSource().orElseThrow();
        return new ContainerConnections(
                () -> context.lookup(name, DataSource.class), name, context.clock(), context.timeout());
    }

    private static CacheException failed(String how, SQLException e) {
        return new CacheException(
                "LOCKSTEP-0332 The cache's table could not be " + how + ": " + Redaction.message(e, ""),
                Redaction.cause(e, ""));
    }
}

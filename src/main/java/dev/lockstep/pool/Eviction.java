package dev.lockstep.pool;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Has a pool throw away a connection that is of no use any more. A pool that is not told, and that
 * doesn't validate, gives a dead connection again and again.
 *
 * <p>JDBC's word for it is {@link Connection#abort}: Payara's pool removes a connection after it,
 * others find it closed when they get it back. WildFly's pool only passes that on to the driver,
 * and has a word of its own. HikariCP needs neither: it looks at the exceptions that pass through,
 * and our own pool is told which of them leave a connection dead.
 *
 * <p>Thread-safe.
 */
public final class Eviction {

    private static final System.Logger LOG = System.getLogger(Eviction.class.getName());

    private Eviction() {}

    /**
     * Gives the connection up, whatever its state: it needn't be closed, and may be. A pool that
     * can't be told gets it back, dead as it is: one that is never given back is one fewer for
     * good.
     */
    public static void evict(Connection connection) {
        if (!invalidated(connection)) {
            attempt(() -> connection.abort(Runnable::run));
            attempt(connection::close);
        }
    }

    /**
     * Whether the connection is one of WildFly's (IronJacamar), which has a public method for it,
     * and was given up by it.
     */
    private static boolean invalidated(Connection connection) {
        Method invalidate;
        try {
            invalidate = connection.getClass().getMethod("invalidate");
        } catch (NoSuchMethodException e) {
            return false;
        }
        return attempt(() -> invalidate.invoke(connection));
    }

    private static boolean attempt(Word word) {
        try {
            word.say();
            return true;
        } catch (SQLException | ReflectiveOperationException | RuntimeException | AbstractMethodError e) {
            LOG.log(System.Logger.Level.DEBUG, "A connection could not be evicted from its pool.", e);
            return false;
        }
    }

    /** What tells a pool. */
    @FunctionalInterface
    private interface Word {
        void say() throws SQLException, ReflectiveOperationException;
    }
}

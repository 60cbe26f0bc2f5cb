package dev.lockstep.pool;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A pool that never looks whether a connection lives, as those of servers are unless one tells them
 * to: what is given back to it is given out again, newest first, unless it was thrown away by the
 * word that this pool has for it.
 */
public final class PoolWithoutValidation {

    /** How a pool wants to be told. */
    public enum Word {
        /** {@link Connection#abort}, as Payara's. */
        ABORT,
        /**
         * The same, where the pool wraps what the driver throws, as Payara's does with a
         * ConnectionPoolDataSource.
         */
        ABORT_WRAPPED,
        /** A method of its own, as IronJacamar's; {@code abort} is the driver's business. */
        INVALIDATE
    }

    /** What IronJacamar's connections have. */
    public interface Invalidating extends Connection {
        void invalidate();
    }

    private final DataSource source;
    private final Word word;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    public PoolWithoutValidation(DataSource source, Word word) {
        this.source = source;
        this.word = word;
    }

    public DataSource dataSource() {
        return proxy(DataSource.class, (self, method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                return lent();
            }
            throw new UnsupportedOperationException(method.getName());
        });
    }

    /** Opens connections, and leaves them in the pool. */
    public void fill(int connections) throws SQLException {
        for (int i = 0; i < connections; i++) {
            idle.push(source.getConnection());
        }
    }

    public int idle() {
        return idle.size();
    }

    private Connection lent() throws SQLException {
        Connection pooled = idle.poll();
        Connection connection = pooled == null ? source.getConnection() : pooled;
        AtomicBoolean gone = new AtomicBoolean();
        Class<? extends Connection> type = word == Word.INVALIDATE ? Invalidating.class : Connection.class;
        return proxy(type, (self, method, arguments) -> {
            String name = method.getName();
            if (name.equals("close")) {
                if (!gone.getAndSet(true)) {
                    idle.push(connection);
                }
                return null;
            }
            if (name.equals("invalidate") || (name.equals("abort") && word != Word.INVALIDATE)) {
                gone.set(true);
                connection.close();
                return null;
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw word == Word.ABORT_WRAPPED ? new UndeclaredThrowableException(e) : e.getCause();
            }
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(PoolWithoutValidation.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

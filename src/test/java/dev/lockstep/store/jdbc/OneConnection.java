package dev.lockstep.store.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/**
 * A pool of one connection that resets nothing, so that a test sees in which state it comes back.
 */
final class OneConnection {

    private final Connection connection;
    private final Semaphore free = new Semaphore(1);

    OneConnection(Connection connection) {
        this.connection = connection;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (self, method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                free.acquire();
                return lent();
            }
            throw new UnsupportedOperationException(method.getName());
        });
    }

    private Connection lent() {
        return proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("close")) {
                free.release();
                return null;
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(OneConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

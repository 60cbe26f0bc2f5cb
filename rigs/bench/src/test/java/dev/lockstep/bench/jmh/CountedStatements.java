package dev.lockstep.bench.jmh;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * A data source that counts the statements that are executed on its connections, but for what is
 * done with the driver's own connection. Thread-safe.
 */
final class CountedStatements {

    private final AtomicLong count = new AtomicLong();
    private final DataSource dataSource;

    CountedStatements(DataSource dataSource) {
        this.dataSource = counting(DataSource.class, dataSource);
    }

    DataSource dataSource() {
        return dataSource;
    }

    long count() {
        return count.get();
    }

    private <T> T counting(Class<T> type, Object target) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                count.incrementAndGet();
            }
            try {
                Object result = method.invoke(target, arguments);
                return method.getName().equals("unwrap") ? result : wrapped(result);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(
                Proxy.newProxyInstance(CountedStatements.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object wrapped(Object result) {
        if (result instanceof Connection) {
            return counting(Connection.class, result);
        }
        if (result instanceof PreparedStatement) {
            return counting(PreparedStatement.class, result);
        }
        return result instanceof Statement ? counting(Statement.class, result) : result;
    }
}

package dev.lockstep.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Connections around the driver's own, which they hide, and to which no notification may come. */
public final class DeafConnections {

    private DeafConnections() {}

    /** @param hides asked for each connection: whether it hides the driver's, and can't listen */
    public static DataSource of(DataSource source, BooleanSupplier hides) {
        return (DataSource) Proxy.newProxyInstance(
                DeafConnections.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> method.getName().equals("getConnection") && hides.getAsBoolean()
                        ? around(source.getConnection(), () -> true, Connection.class)
                        : call(method, source, arguments));
    }

    /**
     * @param deaf whether nothing comes to it at the moment
     * @param types what it is; without {@link PGConnection} it can't listen
     */
    static Connection around(Connection connection, BooleanSupplier deaf, Class<?>... types) {
        return (Connection) Proxy.newProxyInstance(
                DeafConnections.class.getClassLoader(), types, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "isWrapperFor":
                            return false;
                        case "getNotifications":
                            if (!deaf.getAsBoolean()) {
                                return connection.unwrap(PGConnection.class).getNotifications((Integer) arguments[0]);
                            }
                            Thread.sleep((Integer) arguments[0]);
                            return null;
                        case "getMetaData":
                            return metaData(connection.getMetaData(), proxy);
                        default:
                            return call(method, connection, arguments);
                    }
                });
    }

    private static Object metaData(DatabaseMetaData drivers, Object of) {
        return Proxy.newProxyInstance(
                DeafConnections.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getConnection") ? of : call(method, drivers, arguments));
    }

    private static @Nullable Object call(Method method, Object on, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

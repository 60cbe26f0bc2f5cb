package dev.lockstep.store.jdbc.postgresql;

import dev.lockstep.store.jdbc.dialect.Notifications;
import dev.lockstep.store.jdbc.dialect.Notifications.DeafConnectionException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A connection that listens. What a pool lends does not say how to wait for notifications; the
 * driver's own connection inside does. Its classes may be the server's, which the application does
 * not see, so they are asked by name.
 */
final class PostgresListener implements Notifications.Listener {

    private static final String DRIVERS = "org.postgresql.PGConnection";

    private final Connection lent;
    private final Object drivers;
    private final Method await;
    private final Method text;

    private PostgresListener(Connection lent, Object drivers, Class<?> type) throws ReflectiveOperationException {
        this.lent = lent;
        this.drivers = drivers;
        this.await = type.getMethod("getNotifications", int.class);
        this.text = await.getReturnType().getComponentType().getMethod("getParameter");
    }

    /** @param channels names that need no quotes */
    static PostgresListener open(Connection lent, String... channels) throws SQLException {
        PostgresListener listener = of(lent, driversOf(lent));
        try (Statement statement = lent.createStatement()) {
            if (!lent.getAutoCommit()) {
                lent.setAutoCommit(true);
            }
            statement.execute("LISTEN " + String.join(";LISTEN ", channels));
        }
        return listener;
    }

    private static PostgresListener of(Connection lent, Object drivers) throws SQLException {
        try {
            return new PostgresListener(lent, drivers, typeOf(drivers).orElseThrow());
        } catch (ReflectiveOperationException e) {
            throw new DeafConnectionException("the PostgreSQL driver is too old, or another one: " + e);
        }
    }

    @Override
    public List<String> await(Duration atMost) throws SQLException {
        Object[] come = (Object[]) call(await, drivers, (int) Math.max(1, atMost.toMillis()));
        List<String> texts = new ArrayList<>();
        if (come != null) {
            for (Object notification : come) {
                texts.add(String.valueOf(call(text, notification)));
            }
        }
        return texts;
    }

    @Override
    public void end() throws SQLException {
        try (Statement statement = lent.createStatement()) {
            statement.execute("UNLISTEN *");
        }
    }

    private static @Nullable Object call(Method method, Object on, Object... arguments) throws SQLException {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw failure(e);
        } catch (IllegalAccessException e) {
            throw new SQLException(e);
        }
    }

    /** The driver's own, as pools put theirs around it. */
    private static SQLException failure(InvocationTargetException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                return failure;
            }
        }
        return new SQLException(e.getCause());
    }

    /**
     * The pools of Hikari, Agroal and Payara unwrap to a type that is known, the last now and then
     * to something that has that type alone and is no connection; that of WildFly has a method of
     * its own for it, and all of them may show it by their metadata.
     */
    private static Object driversOf(Connection lent) throws SQLException {
        return Stream.<Inside>of(
                        () -> lent,
                        () -> underlying(lent),
                        () -> lent.getMetaData().getConnection(),
                        () -> unwrapped(lent))
                .map(PostgresListener::found)
                .flatMap(Optional::stream)
                .filter(inside -> typeOf(inside).isPresent())
                .findFirst()
                .orElseThrow(() -> new DeafConnectionException("the pool does not unwrap its connections ("
                        + lent.getClass().getName() + ")"));
    }

    private static Optional<Object> found(Inside inside) {
        try {
            return Optional.ofNullable(inside.object());
        } catch (SQLException | ReflectiveOperationException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object underlying(Connection lent) throws ReflectiveOperationException {
        return lent.getClass().getMethod("getUnderlyingConnection").invoke(lent);
    }

    private static @Nullable Object unwrapped(Connection lent) throws SQLException, ReflectiveOperationException {
        ClassLoader drivers = lent.getMetaData().getClass().getClassLoader();
        for (ClassLoader loader : new ClassLoader[] {
            Thread.currentThread().getContextClassLoader(), PostgresListener.class.getClassLoader(), drivers
        }) {
            Optional<Class<?>> type = load(loader);
            if (type.isPresent() && lent.isWrapperFor(type.get())) {
                return lent.unwrap(type.get());
            }
        }
        return null;
    }

    private static Optional<Class<?>> load(@Nullable ClassLoader loader) {
        try {
            return Optional.of(Class.forName(DRIVERS, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** The driver's interface, as the class loader of the connection's class knows it. */
    private static Optional<Class<?>> typeOf(Object connection) {
        return supertypes(connection.getClass())
                .filter(type -> type.getName().equals(DRIVERS))
                .findFirst();
    }

    private static Stream<Class<?>> supertypes(@Nullable Class<?> type) {
        if (type == null) {
            return Stream.empty();
        }
        Stream<Class<?>> above = Stream.concat(Stream.<Class<?>>of(type.getInterfaces()), superclass(type));
        return Stream.concat(Stream.of(type), above.flatMap(PostgresListener::supertypes));
    }

    private static Stream<Class<?>> superclass(Class<?> type) {
        return Stream.ofNullable(type.getSuperclass());
    }

    @FunctionalInterface
    private interface Inside {
        @Nullable
        Object object() throws SQLException, ReflectiveOperationException;
    }
}

package dev.lockstep.store.jdbc;

import dev.lockstep.Revocation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/** A broken rule that needs what is private to this package. Used only where a rule is broken on purpose. */
public final class SabotagedLog {

    private SabotagedLog() {}

    /** A row of a revocation's outcome, without the revocation if that was in the log before. */
    public static Object withoutOld(Object row) {
        try {
            Clock clock = (Clock) call(row, "clock");
            Revocation revocation = (Revocation) call(row, "revocation");
            boolean old =
                    revocation != null && revocation.position() <= clock.head().position();
            return old ? without(row, clock) : row;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the product has changed", e);
        }
    }

    private static Object call(Object row, String name) throws ReflectiveOperationException {
        Method accessor = row.getClass().getDeclaredMethod(name);
        accessor.setAccessible(true);
        return accessor.invoke(row);
    }

    private static Object without(Object row, Clock clock) throws ReflectiveOperationException {
        Constructor<?> constructor = row.getClass().getDeclaredConstructor(Clock.class, Revocation.class);
        constructor.setAccessible(true);
        return constructor.newInstance(clock, null);
    }
}

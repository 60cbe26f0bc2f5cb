package dev.lockstep.cdi;

import static java.lang.invoke.MethodType.methodType;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * What the JVM remembers of the records of an application.
 *
 * <p>{@link ObjectMethods} makes the methods {@code equals}, {@code hashCode} and {@code toString}
 * of each record when they are first called. In Java 17 and 18 the method handles that it makes
 * them from keep the last type that they were converted to, which may be a record or the type of a
 * component; and so the class loader of an application that is undeployed, until some record that
 * is linked later takes the place.
 */
final class LinkedRecords {

    private static final Logger LOG = System.getLogger(LinkedRecords.class.getName());

    /** Puts a class of the JDK in that place. Does no more where the JVM remembers nothing. */
    void forget() {
        link("equals", methodType(boolean.class, String.class, Object.class));
        link("hashCode", methodType(int.class, String.class));
        link("toString", methodType(String.class, String.class));
    }

    /** As if {@code String} were a record with itself for a component. */
    private static void link(String method, MethodType type) {
        MethodHandle itself = MethodHandles.identity(String.class);
        try {
            ObjectMethods.bootstrap(MethodHandles.lookup(), method, type, String.class, "itself", itself);
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "The class loader of the application may stay in memory.", e);
        }
    }
}

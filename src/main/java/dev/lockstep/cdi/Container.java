package dev.lockstep.cdi;

import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What a container offers through JNDI; outside of one, nothing. */
final class Container {

    private static final String MODULE_NAME = "java:module/ModuleName";
    private static final String THREAD_FACTORY = "java:comp/DefaultManagedThreadFactory";

    /** How the names of its classes begin. */
    private static final String OPEN_LIBERTY = "com.ibm.ws.";

    private Container() {}

    /**
     * Empty where nothing of this type is bound. Names come from the configuration, and never lead
     * out of the server.
     */
    @SuppressWarnings("BanJNDI")
    static <T> Optional<T> lookup(String name, Class<T> type) {
        if (name.indexOf(':') >= 0 && !name.startsWith("java:")) {
            return Optional.empty();
        }
        try {
            Object found = InitialContext.doLookup(name);
            return type.isInstance(found) ? Optional.of(type.cast(found)) : Optional.empty();
        } catch (NamingException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether there is a server around: it has threads and a name for each module (Jakarta EE 10,
     * EE.5.15, EE.5.21).
     */
    static boolean isServer() {
        return lookup(THREAD_FACTORY, ThreadFactory.class).isPresent()
                || lookup(MODULE_NAME, String.class).isPresent();
    }

    /** Threads that the container manages; plain daemon threads where there is none. */
    static ThreadFactory threads(String application) {
        return lookup(THREAD_FACTORY, ThreadFactory.class).orElseGet(() -> daemons("lockstep-" + application + "-"));
    }

    /**
     * Threads for what a deployment waits for while it starts. Managed ones too, but not on Open
     * Liberty: there managed threads begin their work only when the application has started, and it
     * would never start.
     */
    static ThreadFactory threadsWhileStarting(String application) {
        ThreadFactory managed = threads(application);
        return beginsLate(managed.getClass().getName()) ? daemons("lockstep-" + application + "-") : managed;
    }

    /** Whether threads of a factory of this class wait until the application has started. */
    static boolean beginsLate(String factory) {
        return factory.startsWith(OPEN_LIBERTY);
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicLong number = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

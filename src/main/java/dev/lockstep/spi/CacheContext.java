package dev.lockstep.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** What a cache is created with. */
public interface CacheContext {

    /**
     * Separates the keys of applications that share a backend; letters, digits, {@code . _ - /}.
     */
    String application();

    /** How many copies to keep at most, where the backend can be told; positive. */
    long maxEntries();

    /** How long an operation may take, by {@code lockstep.cache.timeout}. */
    Duration timeout();

    /**
     * For background work, such as sweeping; its threads are the container's and end with the
     * application.
     */
    ScheduledExecutorService scheduler();

    /** Makes threads, which are the container's where there is one; who has them made ends them. */
    default ThreadFactory threads() {
        return Executors.defaultThreadFactory();
    }

    /** The clock to expire by. */
    NodeClock clock();

    /** Is notified of what the cache does; never throws. */
    default NodeListener listener() {
        return NodeListener.NONE;
    }

    /**
     * Makes bytes of copies, for a cache that keeps them outside this JVM, and copies of bytes. A
     * new one at each call, so keep it; until the application's key is known it seals nothing.
     */
    default CopySeal seal() {
        return CopySeal.NONE;
    }

    /**
     * The messages of a channel that pushes, by which nodes know that they are each other's; a
     * cache has none.
     */
    default PushMessages pushMessages() {
        return PushMessages.NONE;
    }

    /** A bean of the application, if it has exactly one of this type. */
    <T> Optional<T> bean(Class<T> type);

    /** An object bound in JNDI; empty where there is none, or no JNDI. */
    <T> Optional<T> lookup(String jndiName, Class<T> type);
}

package dev.lockstep.spi;

import dev.lockstep.SessionCache;
import java.util.List;

/**
 * Makes one kind of {@link SessionCache}. Found through {@link java.util.ServiceLoader}; the class
 * must load without the library of its backend, which it may use only in {@link #configure} and
 * later.
 */
public interface SessionCacheProvider {

    /** The value of {@code lockstep.cache} that selects it: lower case, digits and hyphens. */
    String name();

    /**
     * All its settings, under the prefix {@code lockstep.<name>.}; asked whether or not it is
     * chosen.
     */
    default List<Setting<?>> settings() {
        return List.of();
    }

    /**
     * All optional libraries that it needs; asked before {@link #configure}. Empty where it needs
     * none.
     */
    default List<Driver> drivers() {
        return List.of();
    }

    /**
     * Whether copies stay in this JVM as objects, so that a near cache in front of it would be
     * useless.
     */
    default boolean inProcess() {
        return false;
    }

    /**
     * Reads and checks the settings, reporting every problem to them, and connects to nothing: what
     * is read must be known to be good before anything starts.
     */
    CacheFactory configure(Settings settings);

    /** Opens a cache that was configured. */
    interface CacheFactory {
        /**
         * Called once, after the whole deployment was found valid. It must not fail just because
         * its backend is out of reach at that moment. A cache that is {@link AutoCloseable} is
         * closed at the end.
         */
        SessionCache open(CacheContext context);
    }
}

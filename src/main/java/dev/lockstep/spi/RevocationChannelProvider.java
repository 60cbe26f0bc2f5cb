package dev.lockstep.spi;

import java.util.List;

/**
 * Makes one kind of {@link RevocationChannel}. Found through {@link java.util.ServiceLoader}; the
 * class must load without the library of its backend, which it may use only in {@link #configure}
 * and later.
 */
public interface RevocationChannelProvider {

    /**
     * The value of {@code lockstep.channel} that selects it: lower case, digits and hyphens.
     * {@code auto} selects it together with the cache of the same name.
     */
    String name();

    /**
     * All its settings, under the prefix {@code lockstep.<name>.}; a cache of its name may have
     * them too.
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
     * Whether its channels send {@linkplain Poke pokes}: where the store provides a channel,
     * {@code auto} prefers that one then, since it needs nothing but the store.
     */
    default boolean pokes() {
        return false;
    }

    /** Reads and checks the settings, reporting every problem to them, and connects to nothing. */
    ChannelFactory configure(Settings settings);

    /** Opens a channel that was configured. */
    interface ChannelFactory {
        /**
         * Called once, after the whole deployment was found valid. It must not fail just because
         * its backend is out of reach at that moment.
         *
         * @param context as for the cache
         * @param shared the connection of the cache that {@code lockstep.cache} names, if that
         *     cache shares one
         */
        RevocationChannel open(CacheContext context, SharedConnection shared);
    }
}

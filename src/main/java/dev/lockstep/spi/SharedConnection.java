package dev.lockstep.spi;

import dev.lockstep.SessionCache;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a cache lets a {@link RevocationChannel} share: a client, a cache manager, a membership in a
 * cluster. The cache keeps the connection and closes it, after the channel. Immutable.
 */
public final class SharedConnection {

    /** Of a cache that shares nothing. */
    public static final SharedConnection NONE = new SharedConnection(null);

    /** A cache that lets a channel share its connection. */
    public interface Source {

        /** The connection, open until the cache is closed; of a type that the channel knows. */
        Object connection();
    }

    private final @Nullable Object connection;

    private SharedConnection(@Nullable Object connection) {
        this.connection = connection;
    }

    /** The connection of a cache that is a {@link Source}; otherwise {@link #NONE}. */
    public static SharedConnection of(SessionCache cache) {
        return cache instanceof Source source ? new SharedConnection(source.connection()) : NONE;
    }

    /** The connection, if it has this type; empty where it has another, or where there is none. */
    public <T> Optional<T> as(Class<T> type) {
        return type.isInstance(connection) ? Optional.of(type.cast(connection)) : Optional.empty();
    }
}

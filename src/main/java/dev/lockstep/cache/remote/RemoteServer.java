package dev.lockstep.cache.remote;

import java.util.concurrent.CompletionStage;

/**
 * A server that keeps copies, or a cluster of them: how to connect to it, and what its failures
 * mean. Thread-safe.
 *
 * @param <C> a connection, which many threads use at the same time
 */
public interface RemoteServer<C> extends AutoCloseable {

    /** What to do about a connection on which operations go on failing. */
    enum Remedy {
        /** Nothing: the server answers on it. */
        KEEP,

        /** Connect again, and use the present one until then. */
        REPLACE,

        /** Stop using it, and connect again. */
        DISCARD
    }

    /** What to say of it. */
    ServerMessages messages();

    /**
     * Begins to connect; or connects, if that blocks. One attempt is made at a time.
     *
     * @throws Exception if it can't
     */
    CompletionStage<C> connect() throws Exception;

    /** Closes a connection. May block, too. */
    void disconnect(C connection);

    /**
     * What to do about a connection on which several operations in a row failed, the last of them
     * with this.
     */
    Remedy remedy(Throwable failure);

    /** Whether an attempt to connect failed for a reason that lasts, such as a wrong password. */
    boolean isLasting(Throwable failure);

    /** Frees what all connections share. */
    @Override
    void close();
}

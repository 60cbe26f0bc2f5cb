package dev.lockstep.sim.store;

import org.jspecify.annotations.Nullable;

/** What the server sends back. */
interface ServerReply<T> {

    void give(@Nullable T result);

    /** The connection breaks, or nobody is there. */
    void fail(String reason);
}

package dev.lockstep.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a dispatch, taken along to a task that another thread runs; or none, for a task
 * that is to see none. Thread-safe; any number of tasks may be in it at a time. A logout of the
 * request ends it for them too.
 */
public final class TakenIdentity {

    /** Of a task that sees no session. */
    public static final TakenIdentity NONE = new TakenIdentity(null);

    private final @Nullable Identity identity;

    private TakenIdentity(@Nullable Identity identity) {
        this.identity = identity;
    }

    /** That of the dispatch, or of the task, which the calling thread is in. */
    public static TakenIdentity ofCaller() {
        Optional<Identity> current = Identity.current();
        return current.isPresent() ? new TakenIdentity(current.get()) : NONE;
    }

    /**
     * Begins a task of the calling thread.
     *
     * @return to be run by the same thread when the task is over: gives back what was there before
     */
    public Runnable enter() {
        Identity outer = Identity.enter(identity);
        return () -> Identity.leave(outer);
    }
}

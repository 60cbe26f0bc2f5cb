package dev.lockstep.spi;

import dev.lockstep.LogPosition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a node does, one call for each event: what health checks, metrics and JMX are built on. An application's
 * beans of this type are told, after it has started, in no particular order.
 *
 * <p>Methods are called on the threads that do the work, requests among them: they must be quick, must not block, and must
 * be safe for all threads. What they throw is logged, once a minute at most, and disturbs nothing. No token or digest is
 * ever given to them.
 *
 * <p>Every method does nothing by default, so that later versions can add events.
 */
public interface NodeListener {

    /** Hears nothing. */
    NodeListener NONE = new NodeListener() {};

    /** Where a session was found. */
    enum Source {
        /** The cache in this JVM. */
        NEAR,
        /** The cache that nodes share. */
        SHARED,
        /** The store, be it by a request that loaded the same session at the same time. */
        STORE
    }

    /** Why a cached copy was not used. */
    enum Refusal {
        /** Its token was revoked. */
        REVOKED,
        /** The node has no lease at the moment, so it can't know of all revocations. */
        NO_LEASE,
        /** It is older than what the node remembers of revocations, or from another history of the store. */
        TOO_OLD,
        /** Its time in the cache, or that of its session, is over. */
        EXPIRED
    }

    /** How it became certain that another node does not accept what was revoked. */
    enum Certainty {
        /** The node acknowledged the push. */
        ACKNOWLEDGED,
        /** The node's row shows that it has applied the log so far, or is gone. */
        READ,
        /** The node's lease was waited out. */
        WAITED_OUT
    }

    /**
     * A token was looked up.
     *
     * @param source where its live session was found; null where there is none
     */
    default void lookedUp(@Nullable Source source) {}

    /** A cache had no copy of a session, or was not asked because the store has denied it. Told only of caches there are. */
    default void missed(Source cache) {}

    /** A cache was asked for a session, and had a copy that was not used. */
    default void refused(Source cache, Refusal reason) {}

    /** A session was read from the store. Not called for requests that share another's reading. */
    default void loaded(boolean found, Duration took) {}

    /**
     * The revocation log was read, and the node's facts are up to date with it.
     *
     * @param applied how far the node has come
     * @param took since the reading began
     */
    default void polled(LogPosition applied, Duration took) {}

    /** The revocation log could not be read. */
    default void pollFailed(RuntimeException failure) {}

    /** The node may trust cached copies for so long from now on, unless it is told otherwise. */
    default void leaseGranted(Duration remaining) {}

    /** The node must not trust cached copies any more; it has been fenced, or ended, or the store's history changed. */
    default void leaseLost() {}

    /**
     * Revocations were committed together.
     *
     * @param calls how many calls of the application
     * @param took since the commit was sent
     */
    default void revocationsCommitted(int calls, Duration took) {}

    /** It is certain that another node does not accept what was revoked, so long after the commit. */
    default void certain(String nodeName, Certainty how, Duration sinceCommit) {}

    /**
     * A call that ends sessions is done.
     *
     * @param took since the call, until no node accepts the tokens any more, or until it failed
     * @param failure null where it is true everywhere
     */
    default void revocationSettled(Duration took, @Nullable Throwable failure) {}

    /** Another node was fenced, after its lease had to be waited out. */
    default void fenced(String nodeName) {}

    /**
     * A statement of the store is over.
     *
     * @param operation the method of {@link dev.lockstep.SessionStore} or {@link RevocationLog}
     * @param failure null where it succeeded
     */
    default void storeCalled(String operation, Duration took, @Nullable Throwable failure) {}

    /** A call of the store was queued; so many wait now, this one included. */
    default void storeQueued(int waiting) {}

    /**
     * A cache that fails is left alone from now on, or is used again.
     *
     * @param reads whether that is so for reads; else for writes
     */
    default void breaker(String cache, boolean reads, boolean open) {}
}

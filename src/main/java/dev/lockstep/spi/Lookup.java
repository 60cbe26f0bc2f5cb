package dev.lockstep.spi;

/** A token is looked up: what a {@link NodeListener} is told of it. */
public final class Lookup {

    private Lookup() {}

    /** What answers a look-up. */
    public enum Source {
        /** The cache in this JVM. */
        NEAR,
        /** The cache outside this JVM. */
        SHARED,
        /** The token itself, by its form or its tag: no node has issued it. */
        TAG,
        /** What this node knows of revocations. */
        FACTS,
        /** The store, perhaps by a load that another request had begun. */
        STORE
    }

    /** How a look-up ends. */
    public enum Result {
        /** With a live session. */
        LIVE,
        /** Without one: it is unknown, expired or revoked. */
        NOT_LIVE,
        /** With an exception: the store could not be asked. */
        FAILED
    }

    /** Why a cached copy is not used. */
    public enum Refusal {
        /** Its token was revoked. */
        REVOKED,
        /** The node has no lease at the moment, so it can't know of all revocations. */
        NO_LEASE,
        /**
         * It is older than what the node remembers of revocations, or of another history, or names
         * a place that the log can't have reached.
         */
        TOO_OLD,
        /** Its time in the cache, or that of its session, is over. */
        EXPIRED
    }
}

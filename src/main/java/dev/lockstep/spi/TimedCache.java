package dev.lockstep.spi;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import org.jspecify.annotations.Nullable;

/**
 * A cache in this JVM whose copies can be had without a reading of the clock, by who reads it anyway before using one:
 * readings of clocks are a good part of what a hit costs.
 */
public interface TimedCache extends SessionCache {

    /** As {@link #get}, but perhaps past its time to live. */
    @Nullable
    TimedCopy getTimed(TokenDigest digest);

    /** A copy and its time to live. Immutable. */
    interface TimedCopy {

        SessionCopy copy();

        /**
         * Whether its time to live is over.
         *
         * @param nanos {@link NodeClock#nanoTime}
         */
        boolean hasExpired(long nanos);
    }
}

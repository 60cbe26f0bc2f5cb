package dev.lockstep.monitoring;

import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** When each kind of event happened last, by the monotonic clock. Thread-safe. */
final class LastTimes {

    enum Kind {
        POLLED,
        POLL_FAILED,
        LEASE_LOST,
        STORE_ANSWERED,
        STORE_FAILED,
        STORE_TIMED_OUT,
        STORE_REFUSED,
        PUSHED,
        ACKNOWLEDGED,
        PUSH_RECEIVED,
        REVOKED,
        REVOCATION_FAILED,
        CANARY_PROVED,
        CANARY_FAILED
    }

    private final Map<Kind, Long> nanos = new ConcurrentHashMap<>();
    private final NodeClock clock;

    LastTimes(NodeClock clock) {
        this.clock = clock;
    }

    void happened(Kind event) {
        nanos.put(event, clock.nanoTime());
    }

    /** How long ago; null where it never was. */
    @Nullable
    Duration since(Kind event) {
        Long last = nanos.get(event);
        return last == null ? null : Duration.ofNanos(clock.nanoTime() - last);
    }
}

package dev.lockstep.session;

import dev.lockstep.LockstepException;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.SessionSearch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts the live sessions now and then, for listeners that want to know. A count reads all of
 * them, so the next one waits {@link #SHARE} times as long as the last one took, in vain or not: no
 * connection is kept busy for more than a thousandth of the time.
 *
 * <p>Thread-safe. {@code counting} admits one count; who has it writes {@code next}.
 */
final class SessionCounter {

    /** How often listeners are asked. */
    static final Duration PERIOD = Duration.ofMinutes(1);

    static final int SHARE = 1_000;

    private static final Logger LOG = System.getLogger(SessionCounter.class.getName());

    private final SessionSearch search;
    private final NodeClock clock;
    private final NodeListener observer;
    private final Executor background;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile long next;

    /** @param background runs a count, which blocks while the store is at work */
    SessionCounter(SessionSearch search, NodeClock clock, NodeListener observer, Executor background) {
        this.search = search;
        this.clock = clock;
        this.observer = observer;
        this.background = background;
        this.next = clock.nanoTime();
    }

    /** To be called about once a minute. Never blocks. */
    void tick() {
        if (observer.countsSessions() && clock.nanoTime() - next >= 0 && counting.compareAndSet(false, true)) {
            try {
                background.execute(this::count);
            } catch (RejectedExecutionException e) {
                counting.set(false);
            }
        }
    }

    private void count() {
        long began = clock.nanoTime();
        try {
            long live = search.count();
            observer.sessionsCounted(live, Duration.ofNanos(clock.nanoTime() - began));
        } catch (LockstepException e) {
            LOG.log(Level.DEBUG, "The live sessions could not be counted; a later attempt follows.", e);
        } finally {
            long ended = clock.nanoTime();
            next = ended + (ended - began) * SHARE;
            counting.set(false);
        }
    }
}

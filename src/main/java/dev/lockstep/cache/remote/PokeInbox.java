package dev.lockstep.cache.remote;

import dev.lockstep.concurrent.Recurring;
import dev.lockstep.spi.ReceivedPokes;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands the pokes that come over a transport to their receiver, on one thread, all that came
 * meanwhile together.
 *
 * <p>Thread-safe. {@code arranged} admits one handing over at a time; whoever ends one looks once
 * more at what has come until then.
 */
public final class PokeInbox {

    private final ReceivedPokes received;
    private final Receiver receiver;
    private final ScheduledExecutorService thread;
    private final Recurring handing = Recurring.of("The handing over of pokes", this::hand);
    private final AtomicBoolean arranged = new AtomicBoolean();

    /**
     * @param own the sender whose pokes are left out
     * @param thread may block while the store is read
     */
    public PokeInbox(String own, Receiver receiver, ScheduledExecutorService thread) {
        this.received = new ReceivedPokes(own);
        this.receiver = receiver;
        this.thread = thread;
    }

    /** A text has come, from whomever. Never blocks and never throws. */
    public void add(String text) {
        received.add(text);
        arrangeIfNeeded();
    }

    private void arrangeIfNeeded() {
        if (!received.isEmpty() && arranged.compareAndSet(false, true)) {
            arrange(Duration.ZERO);
        }
    }

    private void arrange(Duration pause) {
        try {
            var unused = thread.schedule(handing, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the channel is closed
        }
    }

    private void hand() {
        Duration pause = Duration.ZERO;
        try {
            pause = received.handTo(receiver);
        } finally {
            if (pause.isZero()) {
                arranged.set(false);
                arrangeIfNeeded();
            } else {
                arrange(pause);
            }
        }
    }
}

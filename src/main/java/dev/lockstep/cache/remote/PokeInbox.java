package dev.lockstep.cache.remote;

import dev.lockstep.concurrent.Recurring;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Hands the pokes that come over a transport to their receiver, on one thread, all that came
 * meanwhile together.
 *
 * <p>Thread-safe. {@code arranged} admits one handing over. What is added while it ends is seen by
 * it, since both look at the pokes under the same lock.
 */
public final class PokeInbox {

    /** Handed over together; those beyond are lost, which costs a poll. */
    private static final int MOST = 500;

    private final String own;
    private final Receiver receiver;
    private final ScheduledExecutorService thread;
    private final Recurring handing = Recurring.of("The handing over of pokes", this::hand);
    private List<Poke> pokes = new ArrayList<>();
    private boolean arranged;

    /**
     * @param own the sender whose pokes are left out
     * @param thread may block while the store is read
     */
    public PokeInbox(String own, Receiver receiver, ScheduledExecutorService thread) {
        this.own = own;
        this.receiver = receiver;
        this.thread = thread;
    }

    /** A text has come, from whomever. Never blocks and never throws. */
    public void add(String text) {
        Poke.parse(text).filter(poke -> !poke.sender().equals(own)).ifPresent(this::add);
    }

    private void add(Poke poke) {
        if (keeps(poke)) {
            arrange(Duration.ZERO);
        }
    }

    /** Whether that is the first of those that are handed over together. */
    private synchronized boolean keeps(Poke poke) {
        if (pokes.size() < MOST) {
            pokes.add(poke);
        }
        boolean first = !arranged;
        arranged = true;
        return first;
    }

    private void arrange(Duration pause) {
        try {
            var unused = thread.schedule(handing, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the channel is closed
        }
    }

    private void hand() {
        List<Poke> all = take();
        Duration pause = Duration.ZERO;
        try {
            pause = receiver.poked(all);
        } finally {
            if (isMore(pause.isZero() ? List.of() : all)) {
                arrange(pause);
            }
        }
    }

    private synchronized List<Poke> take() {
        List<Poke> all = List.copyOf(pokes);
        pokes = new ArrayList<>();
        return all;
    }

    private synchronized boolean isMore(List<Poke> again) {
        pokes.addAll(0, again);
        arranged = !pokes.isEmpty();
        return arranged;
    }
}

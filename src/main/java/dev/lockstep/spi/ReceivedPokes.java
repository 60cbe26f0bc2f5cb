package dev.lockstep.spi;

import dev.lockstep.spi.RevocationChannel.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a channel of pokes has received and not handed over yet. Whoever can write to the transport
 * can fill it, so it has a bound.
 *
 * <p>Thread-safe; {@link #handTo} is called by one thread at a time, and blocks nobody else.
 */
public final class ReceivedPokes {

    /** Handed over together; those beyond are lost, which costs a poll. */
    static final int MOST = 500;

    private final String own;
    private List<Poke> pokes = new ArrayList<>();

    /** @param own the sender whose pokes are left out */
    public ReceivedPokes(String own) {
        this.own = own;
    }

    /**
     * Keeps what has come, from whomever, if it is a poke.
     *
     * @return whether it is one of the own sender's
     */
    public boolean add(String text) {
        Poke poke = Poke.parse(text).orElse(null);
        if (poke == null) {
            return false;
        }
        boolean isOwn = poke.sender().equals(own);
        if (!isOwn) {
            add(poke);
        }
        return isOwn;
    }

    private synchronized void add(Poke poke) {
        if (pokes.size() < MOST) {
            pokes.add(poke);
        }
    }

    /** Whether there is nothing to hand over. */
    public synchronized boolean isEmpty() {
        return pokes.isEmpty();
    }

    /**
     * Hands all over together; does nothing where there are none. What the receiver puts off is
     * kept, before what comes meanwhile. What it throws at is lost.
     *
     * @return zero, or how long to wait before this is called again
     */
    public Duration handTo(Receiver receiver) {
        List<Poke> all = take();
        Duration pause = all.isEmpty() ? Duration.ZERO : receiver.poked(all);
        if (!pause.isZero()) {
            putBack(all);
        }
        return pause;
    }

    private synchronized List<Poke> take() {
        List<Poke> all = List.copyOf(pokes);
        pokes.clear();
        return all;
    }

    private synchronized void putBack(List<Poke> all) {
        pokes.addAll(0, all);
        pokes = new ArrayList<>(pokes.subList(0, Math.min(MOST, pokes.size())));
    }
}

package dev.lockstep.sim.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events in the order of their virtual time, one at a time. Whatever has the baton runs, and
 * nothing else of a simulation: so what it touches needs no lock.
 */
public final class Simulation {

    private static final double NANOS_PER_SECOND = 1e9;

    /** This process may have been stopped itself. */
    private static final int MINUTES_STILL = 2;

    private static final Runnable NOTHING = () -> {};

    private static @Nullable Simulation current;

    private final EventQueue events = new EventQueue();
    private final Deque<Carrier> spares = new ArrayDeque<>();
    private final List<Waiting> suspended = new ArrayList<>();
    private CountDownLatch ended = new CountDownLatch(1);
    private final EventTrace trace;
    private final Monitors monitors = new Monitors(this);
    private final Points points;
    private long nanos;
    private long numbers;
    private long steps;
    private int carriers;
    private boolean over;
    private boolean inBrief;
    private @Nullable Throwable failure;

    public Simulation(EventTrace trace, Points points) {
        this.trace = trace;
        this.points = points;
    }

    /** The one that runs: woven code has no other way to it. */
    static Simulation current() {
        Simulation running = current;
        if (running == null) {
            throw new IllegalStateException("nothing is being simulated");
        }
        return running;
    }

    static boolean isRunning() {
        return current != null && Thread.currentThread() instanceof Carrier;
    }

    /** Runs what was scheduled and what follows from it, until {@link #end}; and again later. */
    public void run() throws InterruptedException {
        over = false;
        ended = new CountDownLatch(1);
        current = this;
        try {
            anotherCarrier().take();
            awaitEnd();
        } finally {
            current = null;
        }
        if (failure != null) {
            throw new IllegalStateException("the simulator failed after " + steps + " steps", failure);
        }
    }

    /** Where nothing happens for minutes, a thread of the product waits where there is no seam. */
    private void awaitEnd() throws InterruptedException {
        long before = -1;
        for (int still = 0; !ended.await(1, TimeUnit.MINUTES); before = steps) {
            still = before == steps ? still + 1 : 0;
            if (still == MINUTES_STILL) {
                throw new IllegalStateException("the simulation stands still after " + steps + " steps");
            }
        }
    }

    /** Nothing happens any more; what is under way is unwound. */
    public void end() {
        over = true;
    }

    /** Virtual time since the beginning. */
    public long nanos() {
        return nanos;
    }

    /** How much has happened. */
    public long steps() {
        return steps;
    }

    public EventTrace trace() {
        return trace;
    }

    Monitors monitors() {
        return monitors;
    }

    Points points() {
        return points;
    }

    /**
     * Has something happen, in a process; null for the world outside of all of them, which never
     * waits.
     */
    public void in(long delay, @Nullable SimulatedProcess process, Runnable what) {
        add(delay, process, process == null, null, what);
    }

    /** The same for what never waits. */
    public void inBrief(long delay, @Nullable SimulatedProcess process, Runnable what) {
        add(delay, process, true, null, what);
    }

    private void resumeIn(long delay, @Nullable SimulatedProcess process, Waiting waiting) {
        add(delay, process, false, waiting, NOTHING);
    }

    /**
     * Ends the waiting, unless that is over by then.
     *
     * @param before what is done if so, before whoever waits goes on
     * @return what {@link #cancel} takes
     */
    public Object resumeIn(long delay, Waiting waiting, Runnable before) {
        return add(delay, waiting.process, false, waiting, before);
    }

    /** Has something not happen; without effect where it has happened. */
    public void cancel(Object event) {
        events.remove((Event) event);
    }

    private Event add(
            long delay, @Nullable SimulatedProcess process, boolean brief, @Nullable Waiting resumes, Runnable what) {
        Event event = new Event(nanos + Math.max(0, delay), numbers++, process, brief, resumes, what);
        events.add(event);
        return event;
    }

    public void say(Supplier<String> words) {
        if (trace.isWorded()) {
            SimulatedProcess process = process();
            trace.add(String.format(
                    "%12.6f %-8s %s", nanos / NANOS_PER_SECOND, process == null ? "-" : process.name(), words.get()));
        }
    }

    /** Something that is to be the same when the seed is. */
    public void mark(long value) {
        trace.add(value);
    }

    /** Whose code runs; null for the world's own. */
    public @Nullable SimulatedProcess process() {
        return Thread.currentThread() instanceof Carrier carrier ? carrier.process : null;
    }

    /** Waits for so long. */
    public void sleep(long delay) {
        Waiting sleeper = waiting();
        resumeIn(delay, sleeper.process, sleeper);
        suspend(sleeper);
    }

    /** Whoever has the baton, to be suspended and woken. */
    public Waiting waiting() {
        Carrier carrier = (Carrier) Thread.currentThread();
        return new Waiting(carrier, carrier.process);
    }

    /**
     * Others go on, until somebody wakes this one. For as long as nothing happens that may wait
     * itself, it happens on this thread, which then need not hand on the baton.
     */
    public void suspend(Waiting waiting) {
        requireLife(waiting.process);
        if (inBrief) {
            throw new IllegalStateException("what never waits would have waited");
        }
        waiting.suspended = true;
        suspended.add(waiting);
        while (waiting.suspended && !over) {
            goOnWithout(waiting);
        }
        if (over && waiting.suspended) {
            noLonger(waiting);
            throw new Killed();
        }
        requireLife(waiting.process);
    }

    private void goOnWithout(Waiting waiting) {
        Event next = next();
        if (next == null || next.brief) {
            if (next != null) {
                happen(next, waiting.carrier);
                waiting.carrier.process = waiting.process;
            }
            return;
        }
        if (next.resumes == null) {
            events.add(next);
            passAndWait(waiting.carrier, spares.isEmpty() ? anotherCarrier() : spares.removeLast());
        } else if (resumes(next)) {
            if (next.resumes != waiting) {
                passAndWait(waiting.carrier, next.resumes.carrier);
            }
        }
    }

    private void passAndWait(Carrier self, Carrier to) {
        to.take();
        self.awaitBaton();
    }

    private void requireLife(@Nullable SimulatedProcess process) {
        if (over || (process != null && process.isDead())) {
            throw new Killed();
        }
    }

    /** Ends the waiting; without effect where it is over. */
    public void wake(Waiting waiting) {
        if (!waiting.woken) {
            waiting.woken = true;
            resumeIn(0, waiting.process, waiting);
        }
    }

    /** A thread of a process is held. */
    public void hold(SimulatedProcess process, long duration) {
        process.steal(nanos, duration);
        sleep(duration);
    }

    /** SIGSTOP, and SIGCONT after a while. */
    public void stop(SimulatedProcess process, long duration) {
        if (!process.isStopped() && !process.isDead()) {
            process.stop(nanos);
            in(duration, null, () -> process.goOn(nanos).forEach(late -> events.add(late.at(nanos, numbers++))));
        }
    }

    /** kill -9: what is under way in it goes no further. */
    public void kill(SimulatedProcess process) {
        process.kill();
        suspended.stream()
                .filter(waiting -> waiting.process == process)
                .toList()
                .forEach(waiting -> resumeIn(0, null, waiting));
    }

    private Carrier anotherCarrier() {
        Carrier carrier = new Carrier(this, carriers++);
        carrier.start();
        return carrier;
    }

    void loop() {
        Carrier self = (Carrier) Thread.currentThread();
        while (!over) {
            Event next = next();
            if (next != null) {
                step(next, self);
            }
        }
        unwindNext();
    }

    private void step(Event next, Carrier self) {
        if (next.resumes == null) {
            happen(next, self);
            self.process = null;
        } else if (resumes(next)) {
            spares.addLast(self);
            passAndWait(self, next.resumes.carrier);
        }
    }

    /** The next that can happen; null where there was one that can't, or nothing is left. */
    private @Nullable Event next() {
        Event next = events.poll();
        if (next == null) {
            over = true;
            return null;
        }
        nanos = Math.max(nanos, next.nanos);
        SimulatedProcess process = next.of;
        if (process != null && process.isStopped()) {
            process.hold(next);
            return null;
        }
        return process == null || !process.isDead() ? next : null;
    }

    /** Whether somebody waited for it. */
    private boolean resumes(Event event) {
        Waiting waiting = event.resumes;
        if (waiting == null || !waiting.suspended) {
            return false;
        }
        happened(event);
        event.what.run();
        noLonger(waiting);
        return true;
    }

    private void noLonger(Waiting waiting) {
        waiting.suspended = false;
        suspended.remove(waiting);
    }

    private void happened(Event event) {
        steps++;
        trace.add(event.nanos ^ event.number << 40);
    }

    private void happen(Event event, Carrier self) {
        happened(event);
        self.process = event.of;
        inBrief = event.brief;
        try {
            event.what.run();
        } catch (Killed e) {
            // its process is dead, or all is over
        } catch (Throwable e) {
            failure = failure == null ? e : failure;
            over = true;
        } finally {
            inBrief = false;
        }
    }

    /** One thread after the other comes to its end, which leaves the baton to the next. */
    private void unwindNext() {
        if (!suspended.isEmpty()) {
            suspended.get(suspended.size() - 1).carrier.take();
        } else if (!spares.isEmpty()) {
            spares.removeLast().take();
        } else {
            ended.countDown();
        }
    }
}

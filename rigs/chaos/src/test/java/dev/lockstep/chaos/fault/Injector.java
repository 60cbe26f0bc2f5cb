package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.agent.Aim;
import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.Daemons;
import dev.lockstep.chaos.history.History;
import dev.lockstep.chaos.history.Span;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Draws faults from a seed and lets them strike, several at a time: a shuffled deck of all kinds,
 * dealt to its end, then shuffled again, so that each kind comes as often as any other. What a
 * fault holds no other fault touches.
 *
 * <p>The seed determines the order of the faults, their targets and their lengths; the machine
 * determines the rest.
 */
public final class Injector implements AutoCloseable {

    private static final int AT_ONCE = 4;
    private static final int LAST_STEPS_SECONDS = 30;

    private final Cluster cluster;
    private final History history;
    private final List<Fault> kinds;
    private final Random random;
    private final PrintStream log;
    private final List<Fault> deck = new ArrayList<>();
    private final Set<String> held = new HashSet<>();
    private final Aim aim;
    private final Map<String, Integer> ended = new TreeMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(Daemons.named("fault"));
    private int underWay;

    /**
     * @param aim which kinds to draw from, which node all strike, and what is not left to chance
     * @param endOldOnes has clients end, on every node, sessions that have lived for a while
     * @param log is told of each fault
     */
    public Injector(Cluster cluster, History history, long seed, Aim aim, Runnable endOldOnes, PrintStream log) {
        this.cluster = cluster;
        this.history = history;
        this.kinds = Faults.all(cluster, history, endOldOnes).stream()
                .filter(fault -> aim.faults().test(fault.kind()))
                .toList();
        this.random = new Random(seed);
        this.aim = aim;
        this.log = log;
    }

    /** Begins one more fault, if any may begin now. */
    public void next() {
        if (deck.isEmpty()) {
            deck.addAll(kinds);
            Collections.shuffle(deck, random);
        }
        int drawn = random.nextInt(cluster.nodes().size());
        int node = aim.node() == Aim.ANY_NODE ? drawn : aim.node();
        long seed = random.nextLong();
        for (Fault fault : List.copyOf(deck)) {
            if (acquire(fault, node)) {
                deck.remove(fault);
                threads.execute(() -> strike(fault, node, new Chance(seed, aim.choices())));
                return;
            }
        }
    }

    /** How long until the next. */
    public int pauseMillis() {
        return 500 + random.nextInt(2_500);
    }

    /** Whether each kind came to its end at least so often. */
    public synchronized boolean hasStruck(int times) {
        return kinds.stream().allMatch(fault -> ended.getOrDefault(fault.kind(), 0) >= times);
    }

    /** The kinds that did not. */
    public synchronized List<String> missing(int times) {
        return kinds.stream()
                .map(Fault::kind)
                .filter(kind -> ended.getOrDefault(kind, 0) < times)
                .toList();
    }

    /** Waits until the last fault is repaired. */
    public synchronized void awaitEnd(long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (underWay > 0 && System.nanoTime() - end < 0) {
            wait(200);
        }
        if (underWay > 0) {
            throw new IllegalStateException("faults that do not end: " + held);
        }
    }

    /** Interrupts what is under way, and waits until none of it can touch the cluster any more. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(LAST_STEPS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void strike(Fault fault, int node, Chance chance) {
        int target = fault.strikesNode() ? node : Span.NO_NODE;
        int span = history.began(fault.kind(), target, System.nanoTime());
        log.println("fault begins: " + fault.kind() + (fault.strikesNode() ? " of node " + node : ""));
        boolean whole = false;
        try {
            fault.strike(node, chance);
            whole = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.println("fault failed: " + fault.kind() + ": " + e);
        } finally {
            history.ended(span, System.nanoTime());
            log.println("fault ends: " + fault.kind());
            release(fault, node, whole);
        }
    }

    private synchronized boolean acquire(Fault fault, int node) {
        Set<String> needed = fault.holds(node);
        if (underWay >= AT_ONCE || !Collections.disjoint(held, needed)) {
            return false;
        }
        held.addAll(needed);
        underWay++;
        return true;
    }

    private synchronized void release(Fault fault, int node, boolean whole) {
        held.removeAll(fault.holds(node));
        underWay--;
        if (whole) {
            ended.merge(fault.kind(), 1, Integer::sum);
        }
        notifyAll();
    }
}

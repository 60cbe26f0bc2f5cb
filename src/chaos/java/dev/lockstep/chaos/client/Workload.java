package dev.lockstep.chaos.client;

import dev.lockstep.chaos.history.End.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What clients do: at a steady rate they open sessions, use them on all nodes, and end them in every way there is, on
 * any node. An end that did not return is repeated until it does. Thread-safe; nothing here blocks.
 */
public final class Workload implements AutoCloseable {

    private static final int SCRIPTS_PER_SECOND = 14;
    private static final int OLD_ONES_PER_SECOND = 30;

    /** A token that was rotated away longer ago may have been trimmed off the log, and then names nothing. */
    private static final long QUICK_NANOS = 2_000_000_000;

    private final Calls calls;
    private final Timetable timetable;
    private final Followers followers;
    private final Set<Subject> lasting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger principals = new AtomicInteger();
    private volatile boolean stopped;

    public Workload(Calls calls, long seed) {
        this.calls = calls;
        this.timetable = new Timetable(seed);
        this.followers = new Followers(calls, timetable);
    }

    public void start() {
        timetable.repeat(1_000_000 / SCRIPTS_PER_SECOND, this::script);
        timetable.repeat(1_000_000 / OLD_ONES_PER_SECOND, followers::tryAnOldOne);
        timetable.repeat(1_000_000 / OLD_ONES_PER_SECOND, this::useALastingOne);
    }

    /** No more sessions are opened; what is under way goes on. */
    public void stop() {
        stopped = true;
    }

    /** Every node is asked for sessions that must be live, and for some that must not. */
    public void sweep() {
        List<Subject> all = new ArrayList<>(lasting);
        all.addAll(followers.some(200));
        for (int i = 0; i < all.size(); i++) {
            Subject subject = all.get(i);
            for (int node = 0; node < calls.nodes(); node++) {
                int on = node;
                timetable.later(i * 5L, () -> calls.validateNow(on, subject));
            }
        }
    }

    @Override
    public void close() {
        timetable.close();
    }

    private void script() {
        if (stopped) {
            return;
        }
        int chance = timetable.pick(100);
        if (chance < 44) {
            brief();
        } else if (chance < 70) {
            raced();
        } else if (chance < 82) {
            rotated();
        } else if (chance < 88) {
            family();
        } else {
            lasting();
        }
    }

    /** Opened, used everywhere, ended. */
    private void brief() {
        open(subject -> useEverywhere(subject)
                .thenCompose(used -> timetable.pause(timetable.pick(timetable.happens(50) ? 300 : 6_000)))
                .thenRun(() -> end(subject)));
    }

    /** Ended while other nodes load it for the first time. */
    private void raced() {
        open(subject -> {
            int ender = anyNode();
            for (int node = 0; node < calls.nodes(); node++) {
                if (node != ender) {
                    calls.validate(node, subject);
                }
            }
            timetable.later(timetable.pick(8), () -> revoke(ender, subject, List.of(subject)));
        });
    }

    /** Rotated: the old token is dead, the new one lives; then ended by either. */
    private void rotated() {
        open(subject -> useEverywhere(subject).thenRun(() -> {
            long began = System.nanoTime();
            calls.rotate(anyNode(), subject).thenAccept(next -> {
                if (next.isPresent()) {
                    followers.follow(List.of(subject));
                    boolean quick = System.nanoTime() - began < QUICK_NANOS;
                    Subject named = quick && timetable.happens(50) ? subject : next.get();
                    useEverywhere(next.get()).thenRun(() -> endRotated(named, next.get()));
                } else {
                    end(subject);
                }
            });
        }));
    }

    private void endRotated(Subject named, Subject next) {
        revoke(anyNode(), named, List.of(next));
    }

    /** Three sessions of one principal: the others ended, then all. */
    private void family() {
        String principal = "p" + principals.incrementAndGet();
        List<Subject> members = new ArrayList<>();
        CompletableFuture<Void> opened = CompletableFuture.completedFuture(null);
        for (int i = 0; i < 3; i++) {
            opened = opened.thenCompose(
                    ignored -> calls.open(anyNode(), principal).thenAccept(subject -> subject.ifPresent(members::add)));
        }
        opened.thenRun(() -> {
            if (members.size() == 3) {
                members.forEach(this::useEverywhere);
                calls.list(anyNode(), principal, List.copyOf(members));
                timetable.later(timetable.pick(500), () -> endFamily(members));
            } else {
                members.forEach(this::end);
            }
        });
    }

    private void endFamily(List<Subject> members) {
        Subject kept = members.get(0);
        List<Subject> others = members.subList(1, 3);
        calls.end(anyNode(), "REVOKE-OTHERS " + kept.text(), kept, others).thenAccept(result -> {
            if (result == Result.RETURNED) {
                followers.follow(others);
                calls.list(anyNode(), kept.principal(), members);
                useEverywhere(kept);
            }
            timetable.later(
                    timetable.pick(1_000),
                    () -> endUntilItReturns(anyNode(), "REVOKE-ALL " + kept.principal(), members));
        });
    }

    /** Lives long, across faults; ended late. */
    private void lasting() {
        open(subject -> {
            lasting.add(subject);
            useEverywhere(subject);
            timetable.later(timetable.between(5_000, 40_000), () -> {
                if (!stopped) {
                    lasting.remove(subject);
                    end(subject);
                }
            });
        });
    }

    private void useALastingOne() {
        List<Subject> present = List.copyOf(lasting);
        if (!present.isEmpty()) {
            Subject subject = present.get(timetable.pick(present.size()));
            if (timetable.happens(90)) {
                calls.validate(anyNode(), subject);
            } else {
                calls.confirm(anyNode(), subject);
            }
        }
    }

    private void open(java.util.function.Consumer<Subject> then) {
        calls.open(anyNode(), "p" + principals.incrementAndGet()).thenAccept(subject -> subject.ifPresent(then));
    }

    private CompletableFuture<Void> useEverywhere(Subject subject) {
        CompletableFuture<?>[] uses = new CompletableFuture<?>[calls.nodes()];
        for (int node = 0; node < uses.length; node++) {
            uses[node] = calls.validate(node, subject);
        }
        return CompletableFuture.anyOf(CompletableFuture.allOf(uses), timetable.pause(300))
                .thenAccept(first -> {});
    }

    private void end(Subject subject) {
        if (timetable.happens(70)) {
            revoke(anyNode(), subject, List.of(subject));
        } else {
            endUntilItReturns(anyNode(), "REVOKE-ID " + subject.id(), List.of(subject));
        }
        if (timetable.happens(35)) {
            timetable.later(timetable.pick(60), () -> revoke(anyNode(), subject, List.of(subject)));
        }
    }

    /** By token; again by identifier, since the token may have left the log by then. */
    private void revoke(int node, Subject named, List<Subject> doomed) {
        calls.end(node, "REVOKE " + named.text(), named, doomed)
                .thenAccept(result -> ended(result, "REVOKE-ID " + named.id(), doomed));
    }

    private void endUntilItReturns(int node, String request, List<Subject> doomed) {
        calls.end(node, request, null, doomed).thenAccept(result -> ended(result, request, doomed));
    }

    private void ended(Result result, String again, List<Subject> doomed) {
        if (result == Result.RETURNED) {
            followers.follow(doomed);
        } else {
            timetable.later(timetable.between(200, 1_500), () -> endUntilItReturns(anyNode(), again, doomed));
        }
    }

    private int anyNode() {
        return timetable.pick(calls.nodes());
    }
}

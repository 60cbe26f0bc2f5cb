package dev.lockstep.chaos.client;

import dev.lockstep.chaos.agent.ShortLife;
import dev.lockstep.chaos.forge.InventedTokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What clients do: at a steady rate they open sessions, use them on all nodes, and end them in
 * every way there is, on any node. Thread-safe; nothing here blocks.
 */
public final class Workload implements AutoCloseable {

    private static final int SCRIPTS_PER_SECOND = 14;
    private static final int OLD_ONES_PER_SECOND = 30;
    private static final int FORGED_TOKENS_PER_SECOND = 40;
    private static final int SECONDS_BETWEEN_CROWDS = 12;
    private static final int OLD_ONES_PER_NODE = 2;

    /** More than a node reads of the log at a time. */
    private static final int CROWD = 1_100;

    /**
     * A token that was rotated away longer ago may have been trimmed off the log, and then names
     * nothing.
     */
    private static final long QUICK_NANOS = 2_000_000_000;

    private final Calls calls;
    private final String favourite;
    private final Timetable timetable;
    private final Followers followers;
    private final Uses uses;
    private final Endings endings;
    private final Families families;
    private final Impostors impostors;
    private final Map<Integer, Subject> lasting = new ConcurrentHashMap<>();
    private final AtomicInteger principals = new AtomicInteger();
    private volatile boolean stopped;

    /**
     * @param invented what impostors present
     * @param favourite the name of the script that is played most; or empty
     */
    public Workload(Calls calls, long seed, InventedTokens invented, String favourite) {
        this.calls = calls;
        this.favourite = favourite;
        this.timetable = new Timetable(seed);
        this.followers = new Followers(calls, timetable);
        this.uses = new Uses(calls, timetable);
        this.endings = new Endings(calls, timetable, followers);
        this.families = new Families(calls, timetable, uses, endings);
        this.impostors = new Impostors(calls, timetable, invented);
    }

    public void start() {
        timetable.repeat(1_000_000 / SCRIPTS_PER_SECOND, this::script);
        timetable.repeat(1_000_000 / OLD_ONES_PER_SECOND, followers::tryAnOldOne);
        timetable.repeat(1_000_000 / OLD_ONES_PER_SECOND, this::useALastingOne);
        timetable.repeat(1_000_000 / FORGED_TOKENS_PER_SECOND, impostors::present);
        timetable.repeat(TimeUnit.SECONDS.toMicros(SECONDS_BETWEEN_CROWDS), this::crowd);
    }

    /** No more sessions are opened; what is under way goes on. */
    public void stop() {
        stopped = true;
    }

    /**
     * On every node some are ended whose tokens are the oldest: neither opened nor rotated
     * recently.
     */
    public void endOldOnes() {
        List<Subject> oldest = lasting.values().stream()
                .sorted(Comparator.comparingInt(Subject::token))
                .limit((long) OLD_ONES_PER_NODE * calls.nodes())
                .toList();
        for (int i = 0; i < oldest.size(); i++) {
            Subject subject = oldest.get(i);
            if (lasting.remove(subject.session(), subject)) {
                endings.untilItReturns(i % calls.nodes(), Order.byId(subject.id(), List.of(subject)));
            }
        }
    }

    /** Every node is asked for sessions that must be live, and for some that must not. */
    public void sweep() {
        List<Subject> all = new ArrayList<>(lasting.values());
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
        switch (ClientScript.draw(timetable, favourite)) {
            case BRIEF -> brief();
            case RACED -> raced();
            case ROTATED -> rotated();
            case ROTATED_WHILE_ENDING -> rotatedWhileEnding();
            case FAMILY -> families.family(nextPrincipal());
            case JOINED_WHILE_ENDING -> families.joinedWhileEnding(nextPrincipal());
            case EXPIRING -> expiring();
            case VANISHED -> vanished();
            case LASTING -> lasting();
            case CROWD -> throw new IllegalStateException("has a rate of its own");
        }
    }

    private void crowd() {
        if (!stopped) {
            families.crowd(nextPrincipal(), CROWD);
        }
    }

    /** Opened, used everywhere, ended. */
    private void brief() {
        open(subject -> uses.everywhere(subject)
                .thenCompose(used -> timetable.pause(timetable.pick(timetable.happens(50) ? 300 : 6_000)))
                .thenRun(() -> endings.end(subject)));
    }

    /** Ended while other nodes load it for the first time. */
    private void raced() {
        open(subject -> {
            int ender = uses.anyNode();
            for (int node = 0; node < calls.nodes(); node++) {
                if (node != ender) {
                    calls.validate(node, subject);
                }
            }
            timetable.later(
                    timetable.pick(8), () -> endings.untilItReturns(ender, Order.byToken(subject, List.of(subject))));
        });
    }

    /** Rotated: the old token is dead, the new one lives; then ended by either. */
    private void rotated() {
        open(subject -> uses.everywhere(subject).thenRun(() -> {
            long began = System.nanoTime();
            calls.rotate(uses.anyNode(), subject).thenAccept(next -> {
                if (next.isPresent()) {
                    followers.follow(List.of(subject));
                    boolean quick = System.nanoTime() - began < QUICK_NANOS;
                    Subject named = quick && timetable.happens(50) ? subject : next.get();
                    uses.everywhere(next.get())
                            .thenRun(() ->
                                    endings.untilItReturns(uses.anyNode(), Order.byToken(named, List.of(next.get()))));
                } else {
                    endings.end(subject);
                }
            });
        }));
    }

    /** Rotated on one node while it is ended on another: the new token must not outlive the end. */
    private void rotatedWhileEnding() {
        open(subject -> uses.everywhere(subject).thenRun(() -> {
            CompletableFuture<Optional<Subject>> rotation =
                    timetable.pause(timetable.pick(10)).thenCompose(now -> calls.rotate(uses.anyNode(), subject));
            List<Subject> doomed = List.of(subject);
            Order order = timetable.happens(50)
                    ? Order.byToken(subject, doomed)
                    : timetable.happens(50)
                            ? Order.byId(subject.id(), doomed)
                            : Order.ofAll(subject.principal(), doomed);
            timetable.later(timetable.pick(10), () -> endings.untilItReturns(uses.anyNode(), order));
            rotation.thenAccept(next -> next.ifPresent(late -> followers.follow(List.of(late, subject))));
        }));
    }

    /** Lives for some seconds, and nobody ends it. */
    private void expiring() {
        long life = timetable.between(1_500, 6_000);
        String principal = ShortLife.principal(life, principals.incrementAndGet());
        calls.open(uses.anyNode(), principal, TimeUnit.MILLISECONDS.toNanos(life))
                .thenAccept(opened -> opened.ifPresent(subject -> {
                    for (long after :
                            new long[] {0, life - 400, life - 80, life + 5, life + 60, life + 120, life + 900}) {
                        timetable.later(after, () -> uses.everywhere(subject));
                    }
                    timetable.later(life + 2_000, () -> followers.remember(subject));
                }));
    }

    /**
     * Deleted from the store, past the product, then ended: the copies of it must not outlive that.
     */
    private void vanished() {
        open(subject -> uses.everywhere(subject)
                .thenCompose(used -> calls.deleteRow(subject))
                .thenRun(() -> endings.endOnce(subject)));
    }

    /** Lives long, across faults; ended late. */
    private void lasting() {
        open(subject -> {
            lasting.put(subject.session(), subject);
            uses.everywhere(subject);
            timetable.later(timetable.between(5_000, 40_000), () -> {
                Subject present = stopped ? null : lasting.remove(subject.session());
                if (present != null) {
                    endings.end(present);
                }
            });
        });
    }

    private void useALastingOne() {
        List<Subject> present = List.copyOf(lasting.values());
        if (!present.isEmpty()) {
            Subject subject = present.get(timetable.pick(present.size()));
            int chance = timetable.pick(100);
            if (chance < 80) {
                calls.validate(uses.anyNode(), subject);
            } else if (chance < 90) {
                calls.confirm(uses.anyNode(), subject);
            } else if (!stopped && lasting.remove(subject.session(), subject)) {
                rotateALastingOne(subject);
            }
        }
    }

    private void rotateALastingOne(Subject subject) {
        calls.rotate(uses.anyNode(), subject).thenAccept(next -> {
            if (next.isPresent()) {
                followers.follow(List.of(subject));
                lasting.put(subject.session(), next.get());
            } else {
                endings.untilItReturns(uses.anyNode(), Order.byId(subject.id(), List.of(subject)));
            }
        });
    }

    private void open(Consumer<Subject> then) {
        calls.open(uses.anyNode(), nextPrincipal())
                .thenAccept(subject -> subject.ifPresent(opened -> {
                    impostors.saw(opened);
                    then.accept(opened);
                }));
    }

    private String nextPrincipal() {
        return "p" + principals.incrementAndGet();
    }
}

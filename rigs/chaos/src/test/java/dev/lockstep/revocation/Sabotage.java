package dev.lockstep.revocation;

import dev.lockstep.chaos.agent.Delays;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The steps of broken rules that need what is private to this package. Used only where a rule is
 * broken on purpose.
 */
public final class Sabotage {

    public static final Predicate<Object> EVERYTHING = copy -> true;

    public static final Duration OWN_LEASE = Duration.ofMillis(Long.getLong("chaos.lease", 2_000));

    private static final Executor LATER = Executors.newCachedThreadPool();

    /** What the feed's thread noted before it sent the poll. */
    private static final ThreadLocal<Lease.Start> START = new ThreadLocal<>();

    private static final AtomicReference<@Nullable Object> FOUND = new AtomicReference<>();

    private Sabotage() {}

    public static void remember(Object start) {
        START.set((Lease.Start) start);
    }

    public static Object startNow() {
        return Lease.Start.now(NodeClock.SYSTEM);
    }

    /** Grants the lease that the poll is going to grant, but before its page is applied. */
    public static void grant(Object facts, Duration lease, Object page) {
        LogPage read = (LogPage) page;
        ((Facts) facts).grant(START.get(), lease, read.storeMillis());
    }

    public static Object withHead(Object head, Object nodes) {
        return new NodeRows((LogPosition) head, ((NodeRows) nodes).rows());
    }

    /** What was found, or, now and then, what another request had found before. */
    public static @Nullable Object mixedUp(@Nullable Object found) {
        Object former = found == null ? null : FOUND.getAndSet(found);
        return former != null && ThreadLocalRandom.current().nextInt(100) == 0 ? former : found;
    }

    /**
     * The acknowledgement, while the applying is left for later; null where the facts would refuse
     * it.
     */
    public static @Nullable Object acknowledgeFirst(Object current, Object message) {
        CurrentFacts facts = (CurrentFacts) current;
        Message pushed = (Message) message;
        Facts to = facts.get();
        if (to.epoch() != pushed.epoch() || to.hasEnded()) {
            return null;
        }
        LATER.execute(() -> {
            Delays.at("BEFORE_APPLYING_PUSH");
            facts.applyFromLog(to, pushed.revocations());
        });
        return Optional.of(to.nodeId());
    }

    public static boolean forgetFirst(Object facts, Object revoked) {
        RevokedSet set = (RevokedSet) revoked;
        long newest = set.newestOfOlder();
        set.forgetOlder(System.nanoTime());
        ((Facts) facts).raiseFloor(newest);
        return true;
    }

    public static void empty(Object revoked) {
        RevokedSet set = (RevokedSet) revoked;
        set.forgetOlder(System.nanoTime());
        set.forgetOlder(System.nanoTime());
    }

    /**
     * Makes the old facts what the new ones are, the floor last. The first facts of all are left to
     * be replaced.
     */
    public static boolean goOnWith(Object old, Object next) {
        Facts facts = (Facts) old;
        Facts fresh = (Facts) next;
        if (facts.nodeId().isEmpty()) {
            return false;
        }
        synchronized (facts) {
            for (String field : new String[] {"nodeId", "epoch", "ended", "lease"}) {
                copy(field, fresh, facts);
            }
            facts.raiseFloor(fresh.floor());
        }
        return true;
    }

    private static void copy(String name, Facts from, Facts to) {
        try {
            Field field = Facts.class.getDeclaredField(name);
            field.setAccessible(true);
            field.set(to, field.get(from));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the product has changed", e);
        }
    }
}

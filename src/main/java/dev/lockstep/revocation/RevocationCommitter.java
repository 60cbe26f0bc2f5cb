package dev.lockstep.revocation;

import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.EndedBy;
import dev.lockstep.spi.ReservedPrincipal;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.spi.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Commits revocations, and sees them through until no node can accept what they revoked.
 *
 * <p>A target that means very many sessions is ended in part, and queues again behind the others
 * for the next part. What the store does not know is {@linkplain Announcements announced}; for the
 * end of all sessions that comes first, since sessions may have vanished from the store.
 *
 * <p>Thread-safe.
 */
public final class RevocationCommitter {

    /**
     * Revocations of one transaction: enough that logouts of many threads share its fsync, few
     * enough that it stays within a few ms.
     */
    private static final int MAX_GROUP = 256;

    /** A session under its new token, and what becomes of the old one. */
    public record Rotation(SessionCopy copy, PendingRevocation revocation) {}

    private final Writes store;
    private final Settlement settlement;
    private final @Nullable Announcements announcements;
    private final GroupCommit<PendingRevocation> queue;
    private final NodeClock clock;
    private final NodeListener observer;
    private final boolean observed;

    /**
     * @param announcements null where the store keeps no log, and no node trusts copies
     * @param executor runs the commits, which block while they talk to the store
     */
    RevocationCommitter(
            Writes store,
            Settlement settlement,
            @Nullable Announcements announcements,
            Executor executor,
            NodeClock clock,
            NodeListener observer) {
        this.store = store;
        this.settlement = settlement;
        this.announcements = announcements;
        this.clock = clock;
        this.observer = observer;
        this.observed = observer != NodeListener.NONE;
        this.queue = new GroupCommit<>(MAX_GROUP, this::commit, RevocationCommitter::fail, executor);
    }

    /** Ends sessions. Never blocks. */
    public PendingRevocation revoke(RevocationTarget target) {
        PendingRevocation pending = new PendingRevocation(target, observer.revoking());
        if (observed) {
            tellEnd(pending);
        }
        if (announcements != null && target instanceof OfApplication) {
            announcements.announce(pending, () -> queue.add(pending));
        } else {
            queue.add(pending);
        }
        return pending;
    }

    /**
     * Replaces a live session's digest; null where there is none. Blocks until that is committed.
     * See {@link SessionStore#rotate}.
     */
    public @Nullable Rotation rotate(TokenDigest current, TokenDigest next) {
        Lease.Start sent = Lease.Start.now(clock);
        Committed<Rotated> committed = store.rotate(current, next);
        if (committed == null) {
            return null;
        }
        tellCommitted(1, sent);
        Rotated rotated = committed.outcome();
        PendingRevocation pending = new PendingRevocation(new OfToken(current));
        pending.add(committed.nodes().head(), settlement.settle(List.of(rotated.revoked()), committed.nodes(), sent));
        pending.allCommitted();
        return new Rotation(rotated.copy(), pending);
    }

    /**
     * Fails what is not being committed yet, and what comes later: the committer may never run
     * again.
     */
    void close() {
        queue.close(RevocationCommitter::ended);
        if (announcements != null) {
            announcements.close(RevocationCommitter::ended);
        }
    }

    private static StoreUnavailableException ended() {
        return new StoreUnavailableException(
                "LOCKSTEP-0214 The application ended here before the revocation was committed.", null);
    }

    private void commit(List<PendingRevocation> group) {
        Lease.Start sent = Lease.Start.now(clock);
        Committed<List<Revoked>> committed =
                store.revoke(group.stream().map(PendingRevocation::target).toList());
        tellCommitted(group.size(), sent);
        group.forEach(pending -> pending.tell(steps -> steps.committed(sent.elapsed(clock))));
        settle(group, committed, sent);
    }

    /** Whatever was thrown: only what a store has answered says what became of a target. */
    private static void fail(List<PendingRevocation> group, Throwable failure) {
        group.forEach(pending -> pending.fail(failure));
    }

    /**
     * Those of which not all could be read have a wait of their own, so that they don't hold up the
     * others.
     */
    private void settle(List<PendingRevocation> group, Committed<List<Revoked>> committed, Lease.Start sent) {
        List<Revoked> outcomes = committed.outcome();
        CompletableFuture<Settled> whole = settle(group, committed, true, sent);
        CompletableFuture<Settled> inPart = settle(group, committed, false, sent);
        for (int i = 0; i < group.size(); i++) {
            group.get(i).add(committed.nodes().head(), outcomes.get(i).complete() ? whole : inPart);
            tellEnded(group.get(i).target(), outcomes.get(i));
            goOn(group.get(i), outcomes.get(i));
        }
    }

    private CompletableFuture<Settled> settle(
            List<PendingRevocation> group, Committed<List<Revoked>> committed, boolean complete, Lease.Start sent) {
        List<Revoked> outcomes = new ArrayList<>();
        List<PendingRevocation> calls = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            Revoked outcome = committed.outcome().get(i);
            if (outcome.complete() == complete) {
                outcomes.add(outcome);
                calls.add(group.get(i));
            }
        }
        return outcomes.isEmpty()
                ? CompletableFuture.completedFuture(Settled.NOTHING)
                : settlement.settle(
                        outcomes,
                        committed.nodes(),
                        sent,
                        asked -> calls.forEach(pending -> pending.tell(steps -> steps.pushed(asked))));
    }

    private void goOn(PendingRevocation pending, Revoked outcome) {
        if (pending.hasFailed()) {
            return;
        }
        if (outcome.more()) {
            queue.add(pending);
        } else if (outcome.upTo() == null && announcements != null && !(pending.target() instanceof OfApplication)) {
            announcements.announce(pending, pending::allCommitted);
        } else {
            pending.allCommitted();
        }
    }

    private void tellEnd(PendingRevocation pending) {
        Lease.Start called = Lease.Start.now(clock);
        var unused = pending.settled().whenComplete((settled, failure) -> {
            observer.revoked(called.elapsed(clock), failure);
            pending.tell(steps -> steps.ended(failure == null ? settled.outcome() : null, failure));
        });
    }

    private void tellEnded(RevocationTarget target, Revoked outcome) {
        if (!observed || outcome.ended() == 0) {
            return;
        }
        long own = outcome.revocations().stream()
                .filter(row -> row.cause() == Cause.REVOKED && ReservedPrincipal.is(row.principal()))
                .count();
        if (outcome.ended() > own) {
            observer.sessionsEnded(by(target), (int) (outcome.ended() - own));
        }
    }

    private static EndedBy by(RevocationTarget target) {
        if (target instanceof OfToken) {
            return EndedBy.TOKEN;
        }
        if (target instanceof OfId) {
            return EndedBy.ID;
        }
        if (target instanceof OfPrincipal) {
            return EndedBy.PRINCIPAL;
        }
        return target instanceof OthersOf ? EndedBy.OTHERS : EndedBy.APPLICATION;
    }

    private void tellCommitted(int revocations, Lease.Start sent) {
        if (observed) {
            observer.revocationsCommitted(revocations, sent.elapsed(clock));
        }
    }

    /**
     * How a store commits what revokes: with the node rows behind it, or without where it keeps no
     * log. Thread-safe.
     */
    interface Writes {

        Committed<List<Revoked>> revoke(List<RevocationTarget> targets);

        @Nullable
        Committed<Rotated> rotate(TokenDigest current, TokenDigest next);

        /**
         * Those of a store and its log; null where it keeps none, so that no node trusts copies.
         */
        static Writes of(SessionStore store, @Nullable RevocationLog log) {
            return log == null ? new UnloggedWrites(store) : new LoggedWrites(log);
        }
    }

    private record LoggedWrites(RevocationLog log) implements Writes {

        @Override
        public Committed<List<Revoked>> revoke(List<RevocationTarget> targets) {
            return log.commitRevocations(targets);
        }

        @Override
        public @Nullable Committed<Rotated> rotate(TokenDigest current, TokenDigest next) {
            return log.commitRotation(current, next);
        }
    }

    private record UnloggedWrites(SessionStore store) implements Writes {

        private static final NodeRows NOBODY = new NodeRows(new LogPosition(0, 0), List.of());

        @Override
        public Committed<List<Revoked>> revoke(List<RevocationTarget> targets) {
            return new Committed<>(store.revoke(targets), NOBODY);
        }

        @Override
        public @Nullable Committed<Rotated> rotate(TokenDigest current, TokenDigest next) {
            Rotated rotated = store.rotate(current, next);
            return rotated == null ? null : new Committed<>(rotated, NOBODY);
        }
    }
}

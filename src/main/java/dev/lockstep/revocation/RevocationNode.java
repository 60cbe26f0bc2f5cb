package dev.lockstep.revocation;

import dev.lockstep.RevocationTarget;
import dev.lockstep.Rotated;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionStore;
import dev.lockstep.TokenDigest;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.Committed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * This node's part in making logouts true: its facts, and its way to revoke. With a store that keeps no revocation log
 * its facts never vouch for anything, so that every request asks the store, and revocations need no waiting.
 *
 * <p>Thread-safe; {@link #start} and {@link #close} are called once each.
 */
public final class RevocationNode implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RevocationNode.class.getName());

    private final CurrentFacts current;
    private final NodeClock clock;
    private final NodeListener observer;
    private final @Nullable Participation participation;
    private final @Nullable RevocationChannel channel;
    private final @Nullable WaitingRoom waitingRoom;
    private final Writes writes;
    private final Settlement settlement;
    private final Logouts logouts;

    /**
     * The threads that the node works on. They are the caller's to shut down, after {@link RevocationNode#close}.
     *
     * @param feed one thread, for the feed alone
     * @param timer one thread, on which nothing blocks
     * @param reading one thread, which may block while node rows are read
     * @param committing three threads or more, which may block while the store is written
     * @param housekeeping one thread or more, for which no logout waits
     */
    public record Threads(
            ScheduledExecutorService feed,
            ScheduledExecutorService timer,
            ScheduledExecutorService reading,
            ScheduledExecutorService committing,
            ScheduledExecutorService housekeeping) {}

    /** A session under its new token, and when no node accepts the old one any more. */
    public record Rotation(SessionCopy copy, CompletableFuture<Void> settled) {}

    /**
     * @param log the store's revocation log, or null where it keeps none
     * @param channel makes logouts quick; null is fine
     * @param listener gets what the node learns
     * @param observer told of what the node does; must not throw
     */
    public RevocationNode(
            RevocationSettings settings,
            SessionStore store,
            @Nullable RevocationLog log,
            @Nullable RevocationChannel channel,
            FeedListener listener,
            NodeClock clock,
            Threads threads,
            NodeListener observer) {
        this.current = new CurrentFacts(clock, listener, observer);
        this.clock = clock;
        this.observer = observer;
        this.channel = channel;
        this.writes = log == null ? new UnloggedWrites(store) : new LoggedWrites(log);
        this.participation = log == null ? null : new Participation(log, settings, current, clock, threads, observer);
        this.waitingRoom = participation == null ? null : participation.waitingRoom();
        this.settlement = new Settlement(current, waitingRoom, channel, settings.storeDeadline(), observer);
        Announcements announcements =
                log == null ? null : new Announcements(log, settlement, clock, threads.committing());
        this.logouts = new Logouts(writes, settlement, announcements, threads.committing(), clock, observer);
    }

    /**
     * Registers the node and starts the feed.
     *
     * @throws dev.lockstep.LockstepException if only one node is allowed and another is alive, or it can't be told
     */
    public void start() {
        if (channel != null) {
            channel.start(current);
        }
        if (participation != null) {
            participation.start();
        } else {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0207 The session store keeps no revocation log (dev.lockstep.spi.RevocationLog):"
                            + " cached copies are never used, and every request asks the store.");
        }
    }

    /** This node's facts at the moment; read them once per validation. */
    public Facts facts() {
        return current.get();
    }

    /** The store's clock in milliseconds since the epoch, as well as this node knows it. */
    public long storeMillis() {
        return current.get().storeMillis();
    }

    /**
     * The store's clock as this node last read it, in milliseconds since the epoch; empty where it did not yet. With a store
     * that keeps no log, of which nobody trusts copies, this machine's clock.
     */
    public OptionalLong storeMillisRead() {
        return participation == null
                ? OptionalLong.of(clock.wallMillis())
                : current.get().storeMillisRead();
    }

    /** No earlier than {@link #storeMillis}, for as long as the lease runs; needs no clock. */
    public long storeMillisAtMost() {
        return current.get().storeMillisAtMost();
    }

    /** Ends sessions. Completes when no node accepts their tokens any more. */
    public CompletableFuture<Void> revoke(RevocationTarget target) {
        return logouts.revoke(target).settled();
    }

    /** Ends sessions. Completes when that is committed and pushed; what is promised then holds one lease later. */
    public CompletableFuture<Void> revokeWithoutWaiting(RevocationTarget target) {
        return logouts.revoke(target).committed();
    }

    /** Replaces a live session's digest; null where there is none. See {@link SessionStore#rotate}. */
    public @Nullable Rotation rotate(TokenDigest current, TokenDigest next) {
        Lease.Start sent = settlement.now();
        Committed<Rotated> committed = writes.rotate(current, next);
        if (committed == null) {
            return null;
        }
        observer.revocationsCommitted(1, sent.elapsed(clock));
        return new Rotation(
                committed.outcome().copy(),
                settlement.settle(List.of(committed.outcome().revoked()), committed.nodes(), sent));
    }

    /**
     * Ends the lease, and takes the node off the list of those that revocations wait for. Revocations that are under way
     * here fail: whether they hold everywhere is not known. No exception of a part keeps the others from their end.
     */
    @Override
    public void close() {
        current.end(current.get());
        try {
            closeChannel();
            leave();
        } finally {
            logouts.close();
            if (waitingRoom != null) {
                waitingRoom.close();
            }
        }
    }

    private void closeChannel() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0231 The revocation channel could not be closed; it may leave a connection open.",
                    Redaction.cause(e, ""));
        }
    }

    private void leave() {
        try {
            if (participation != null) {
                participation.leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(
                    Level.INFO,
                    "LOCKSTEP-0208 This node could not take itself off the store's list of nodes;"
                            + " the next logout elsewhere waits out its lease once.",
                    e);
        }
    }
}

package dev.lockstep.revocation;

import dev.lockstep.redaction.Redaction;
import dev.lockstep.revocation.RevocationCommitter.Writes;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * This node's part in making logouts true: its facts, and its way to revoke. With a store that
 * keeps no revocation log its facts never vouch for anything, so that every request asks the store,
 * and revocations need no waiting.
 *
 * <p>Thread-safe; {@link #start} and {@link #close} are called once each.
 */
public final class RevocationNode implements AutoCloseable {

    private static final Logger LOG = System.getLogger(RevocationNode.class.getName());

    private final String nodeName;
    private final CurrentFacts current;
    private final NodeClock clock;
    private final @Nullable NodeMembership membership;
    private final @Nullable RevocationChannel channel;
    private final @Nullable LeaseWaits leaseWaits;
    private final RevocationChannel.Receiver receiver;
    private final RevocationCommitter committer;

    /**
     * @param log the store's revocation log, or null where it keeps none
     * @param direct the same log without a change of threads; null where the store has no such way
     * @param channel makes logouts quick; null is fine
     * @param listener gets what the node learns
     * @param observer told of what the node does; must not throw
     */
    public RevocationNode(
            RevocationSettings settings,
            SessionStore store,
            @Nullable RevocationLog log,
            @Nullable LogConnection direct,
            @Nullable RevocationChannel channel,
            RevocationListener listener,
            NodeClock clock,
            NodeThreads threads,
            NodeListener observer) {
        this.nodeName = settings.nodeName();
        this.current = new CurrentFacts(clock, listener, observer);
        this.clock = clock;
        this.channel = channel;
        this.membership =
                log == null ? null : new NodeMembership(log, direct, settings, current, clock, threads, observer);
        this.leaseWaits =
                log == null ? null : new LeaseWaits(log, current::isOwn, settings.pause(), clock, threads, observer);
        this.receiver = membership == null || leaseWaits == null || channel == null
                ? current
                : membership.poked(leaseWaits, channel);
        Settlement settlement = new Settlement(current, leaseWaits, channel, settings.storeDeadline(), observer);
        this.committer = new RevocationCommitter(
                Writes.of(store, log),
                settlement,
                log == null ? null : new Announcements(log, settlement, clock, threads.committing()),
                threads.committing(),
                clock,
                observer);
    }

    /**
     * Registers the node and starts the feed.
     *
     * @throws dev.lockstep.LockstepException if only one node is allowed and another is alive, or
     *     it can't be told
     */
    public void start() {
        if (channel != null) {
            channel.start(receiver);
        }
        if (membership != null) {
            membership.start();
        } else {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0207 The session store keeps no revocation log (dev.lockstep.spi.RevocationLog):"
                            + " cached copies are never used, and every request asks the store. node=" + nodeName);
        }
    }

    /** Where this node's facts are found. */
    public CurrentFacts current() {
        return current;
    }

    /** This node's facts at the moment. */
    Facts facts() {
        return current.get();
    }

    /**
     * The store's clock as this node last read it, in milliseconds since the epoch; empty where it
     * did not yet. With a store that keeps no log, of which nobody trusts copies, this machine's
     * clock.
     */
    public OptionalLong storeMillisRead() {
        return membership == null
                ? OptionalLong.of(clock.wallMillis())
                : current.get().storeMillisRead();
    }

    /** This node's way to revoke. */
    public RevocationCommitter committer() {
        return committer;
    }

    /**
     * Ends the lease, and takes the node off the list of those that revocations wait for.
     * Revocations that are under way here fail: whether they hold everywhere is not known. No
     * exception of a part keeps the others from their end.
     */
    @Override
    public void close() {
        current.end(current.get());
        try {
            closeChannel();
            leave();
        } finally {
            committer.close();
            if (leaseWaits != null) {
                leaseWaits.close();
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
                    "LOCKSTEP-0231 The revocation channel could not be closed; it may leave a connection open. node="
                            + nodeName,
                    Redaction.cause(e, ""));
        }
    }

    private void leave() {
        try {
            if (membership != null) {
                membership.leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(
                    Level.INFO,
                    "LOCKSTEP-0208 This node could not take itself off the store's list of nodes;"
                            + " the next logout elsewhere waits out its lease once. node=" + nodeName,
                    e);
        }
    }
}

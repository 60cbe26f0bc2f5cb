package dev.lockstep.revocation;

import dev.lockstep.RevocationsMissed;
import dev.lockstep.RevocationsMissed.Reason;
import dev.lockstep.TokenDigest;
import dev.lockstep.concurrent.Tasks;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.LeaseEnd;
import dev.lockstep.spi.NodeListener.Origin;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog.LogPage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The facts of this node's present registration, and the one way by which revocations enter them.
 * Each registration has a row identifier of its own; that of the present one and of the one before
 * are known as this node's. One part of the identifiers is the same for all registrations of a
 * node, so that others can tell.
 *
 * <p>Thread-safe. Only the feed names registrations and installs new facts. No identifier is drawn
 * twice, not even by a clone of this process: so each of the two waits for the other.
 *
 * <p>A revocation that is applied to facts which are being replaced meanwhile is not lost: it was
 * committed before it came here, and new facts either are registered after that, so that their
 * floor lies at or above it, or see it in their first poll, before they have a lease.
 *
 * <p>Facts that take the place of others read what those had not, so that observers hear of it;
 * until they have caught up, the former facts tell what observers know already, by a push for
 * instance.
 *
 * <p>Facts call a revocation news only once. So a failure to tell one is thrown after the others
 * were told.
 */
public final class CurrentFacts implements RevocationChannel.Receiver {

    private static final Logger LOG = System.getLogger(CurrentFacts.class.getName());

    private static final Duration LONGEST_LAG = Duration.ofDays(36_500);

    private final RevocationListener listener;
    private final NodeClock clock;
    private final NodeListener observer;
    private final AtomicBoolean leased = new AtomicBoolean();

    private volatile Facts facts;
    private volatile Facts former;
    private volatile List<String> ownIds = List.of("", "");
    private volatile String idPrefix = newIdPrefix();

    CurrentFacts(NodeClock clock, RevocationListener listener, NodeListener observer) {
        this.clock = clock;
        this.observer = observer;
        this.facts = Facts.none(clock);
        this.former = facts;
        this.listener = listener;
    }

    /** The facts at the moment; read them once per look-up. */
    public Facts get() {
        return facts;
    }

    /** A new identifier, for the row that is going to take the place of the present one. */
    String nextNodeId() {
        String next = idPrefix + Long.toUnsignedString(UUID.randomUUID().getMostSignificantBits(), Character.MAX_RADIX);
        ownIds = List.of(next, ownIds.get(0));
        return next;
    }

    /** Whether this is the row of this node's present registration, or of the one before. */
    boolean isOwn(String nodeId) {
        return ownIds.contains(nodeId);
    }

    /**
     * Another process uses this node's identifiers as well: this one becomes another node, and what
     * was its own is no longer.
     */
    void renounceIds() {
        idPrefix = newIdPrefix();
        ownIds = List.of("", "");
    }

    /** Which node this is: what {@link #nodeOf} says of its rows. */
    public String node() {
        return idPrefix;
    }

    /**
     * Which node a row is of: all registrations of one node have this in common.
     *
     * @param nodeId the row's identifier
     */
    public static String nodeOf(String nodeId) {
        return nodeId.substring(0, nodeId.lastIndexOf('-') + 1);
    }

    /** Whether two registrations are of one node. */
    static boolean areOfOneNode(String nodeId, String other) {
        return nodeOf(nodeId).equals(nodeOf(other));
    }

    private static String newIdPrefix() {
        return UUID.randomUUID() + "-";
    }

    void install(Facts next) {
        former = facts.epoch() == next.epoch() ? facts : next;
        facts = next;
    }

    /** Ends the lease of facts, for good. */
    void end(Facts of) {
        of.end();
        lost(LeaseEnd.WITHDRAWN);
    }

    /**
     * These facts were granted a lease, for so long. Nothing is told of one that was withdrawn in
     * the meantime; one that is withdrawn while this is told is told as lost after that.
     */
    void granted(Duration remaining) {
        if (facts.isLeased()) {
            leased.set(true);
            observer.leaseGranted(remaining);
        }
        if (facts.hasEnded()) {
            lost(LeaseEnd.WITHDRAWN);
        }
    }

    /** Tells of a lease that has run out; called before each attempt to renew it. */
    void noticeEnd() {
        if (!facts.isLeased()) {
            lost(LeaseEnd.RAN_OUT);
        }
    }

    private void lost(LeaseEnd why) {
        if (leased.getAndSet(false)) {
            observer.leaseLost(why);
        }
    }

    /** What the former facts told of is not going to be heard of again. */
    void caughtUp() {
        former = facts;
    }

    /** Revocations have passed of which nobody can tell any more. */
    void missed(Reason reason) {
        LOG.log(
                Level.INFO,
                () -> "LOCKSTEP-0220 This node may have missed revocations (" + reason + "): observers of"
                        + " RevocationsMissed are told. reason=" + reason);
        listener.missed(new RevocationsMissed(Instant.ofEpochMilli(clock.wallMillis()), reason));
    }

    /** A poll has told which version of the application's key is in force. */
    void keyTold(LogPage page, Lease.Start sent) {
        listener.keyTold(page.keyVersion(), page.storeMillis(), sent.nanos(), sent.wallMillis());
    }

    /** Applies what the store's log told. */
    void applyFromLog(Facts to, List<Revocation> revocations) {
        applyAndNotify(to, revocations, Origin.READ, Runnable::run);
    }

    /**
     * Applies what this node itself has revoked. Nobody waits for one's own lease: facts of another
     * epoch, which can't take it, lose theirs, until the feed has found out and starts afresh.
     */
    void applyOwn(long epoch, List<Revocation> revocations) {
        Facts to = facts;
        try {
            if (to.epoch() == epoch) {
                applyAndNotify(to, revocations, Origin.OWN, Runnable::run);
            } else {
                end(to);
            }
        } finally {
            digestsOf(revocations).forEach(listener::dropShared);
        }
    }

    @Override
    public Optional<String> apply(RevocationChannel.Message message) {
        return apply(message, Runnable::run);
    }

    @Override
    public Optional<String> apply(RevocationChannel.Message message, Executor later) {
        return apply(message, later, () -> true);
    }

    /**
     * Applies what another node has pushed; acknowledges only what the facts now hold.
     *
     * @param later does what follows from it elsewhere than among the facts
     * @param again asked whether what the facts have held before is acknowledged once more
     */
    Optional<String> apply(RevocationChannel.Message message, Executor later, BooleanSupplier again) {
        Facts to = facts;
        if (to.epoch() != message.epoch() || to.hasEnded() || !to.canHold(message.revocations())) {
            observer.pushReceived(false);
            return Optional.empty();
        }
        boolean news = applyAndNotify(to, message.revocations(), Origin.PUSHED, later);
        boolean acknowledged = news || again.getAsBoolean();
        observer.pushReceived(acknowledged);
        return acknowledged ? Optional.of(to.nodeId()) : Optional.empty();
    }

    /** Whether these facts did not know all of it. */
    private boolean applyAndNotify(Facts to, List<Revocation> revocations, Origin how, Executor later) {
        Facts before = former;
        List<Revocation> news =
                new ArrayList<>(how == Origin.PUSHED ? to.applyPushed(revocations) : to.apply(revocations));
        boolean any = !news.isEmpty();
        if (before != to) {
            news.removeIf(revocation -> before.isRevoked(revocation.digest()));
        }
        Instant now = Instant.ofEpochMilli(to.storeMillis());
        Stream<Runnable> tellings =
                news.stream().map(revocation -> () -> learnt(revocation, how, lag(revocation, now)));
        Stream<Runnable> droppings = digestsOf(revocations).map(digest -> () -> listener.dropCopies(digest));
        List<Runnable> tasks = Stream.concat(tellings, droppings).toList();
        later.execute(() -> Tasks.runAll(tasks));
        return any;
    }

    private void learnt(Revocation revocation, Origin how, Duration lag) {
        listener.learnt(revocation, lag);
        if (observer != NodeListener.NONE) {
            observer.learnt(how, lag);
        }
    }

    private static Stream<TokenDigest> digestsOf(List<Revocation> revocations) {
        return revocations.stream().filter(Revocation::concernsDigest).map(Revocation::digest);
    }

    /** Within what can be counted in nanoseconds, whatever time was told. */
    private static Duration lag(Revocation revocation, Instant now) {
        Duration lag = Duration.between(revocation.revokedAt(), now);
        if (lag.isNegative()) {
            return Duration.ZERO;
        }
        return lag.compareTo(LONGEST_LAG) > 0 ? LONGEST_LAG : lag;
    }
}

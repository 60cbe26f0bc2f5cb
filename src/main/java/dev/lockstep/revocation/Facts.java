package dev.lockstep.revocation;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Lookup.Refusal;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.TimedCache.TimedCopy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one registration of a node knows of revocations: the revoked digests, the floor below which
 * it has forgotten, the {@linkplain PartialFloors partial floors} of sessions and principals of
 * which the store knew nothing, and the lease until which it may believe that these are complete.
 *
 * <p><b>Invariant.</b> While the lease runs, for every revocation with position r that was
 * committed before the poll that granted the lease was sent, r's digest is in the revoked set, or r
 * is no higher than the floor, or than the partial floor of its session or principal. A copy with
 * position p was read from the store when all revocations up to p were visible, and the store
 * vouched for its session then; so only a revocation with {@code r > p} can have ended it: it is
 * live if its digest is not in the set and p has reached the floors. This holds for revocations of
 * which the store knew no session, too: one that it vouches for at p, with r visible, is there in
 * spite of r.
 *
 * <p><b>Writers</b> (the feed, pushes, this node's own revocations) hold this object's lock. Facts
 * are completed before the lease that vouches for them is published, and the floor is raised before
 * what lies below it is forgotten.
 *
 * <p><b>Readers</b> take no lock and read in the opposite order: lease, set, floors, clocks
 * ({@link #judge}). Each is a volatile read, so that none is moved before another. Why each race is
 * harmless:
 *
 * <ul>
 *   <li>A lease that the reader saw was published after its facts, so it sees those, or later ones.
 *   <li>A digest that the reader missed because it was forgotten in the meantime lies at or below a
 *       floor that was raised before it was forgotten, hence before the reader reads the floor.
 *   <li>A lease that ends after the reader read it is noticed, since the clocks are read last; one
 *       that is extended in the meantime is not used.
 *   <li>Facts that were {@link #end}ed never get a lease again. A reader that still holds them
 *       either read its lease after that and is sent to the store, or began before that, hence
 *       before any revocation that relied on it returned.
 * </ul>
 *
 * <p>Facts are never emptied: a node that must start afresh makes new ones.
 *
 * <p><b>What is pushed</b> raises floors before a poll has confirmed it, and no floor ever falls.
 * So what lies further beyond the log, as polls have told it, than {@link
 * ProtocolLimits#FURTHEST_AHEAD} is refused; and where a poll that was sent after a push does not
 * find its positions in the log, they were invented, and the node starts afresh ({@link
 * PolledPage}). A floor that is too high therefore lasts until the next poll.
 */
public final class Facts {

    private final String nodeId;
    private final long epoch;
    private final NodeClock clock;
    private final RevokedSet revoked;

    private volatile Lease lease;
    private volatile long floor;
    private volatile long told;
    private volatile @Nullable PartialFloors partialFloors;
    private long furthestPushed;
    private boolean ended;

    /**
     * @param nodeId the row under which the node is registered
     * @param since the place in the log from which these facts are going to be complete
     */
    Facts(String nodeId, LogPosition since, FactsLimits limits, NodeClock clock) {
        this.nodeId = nodeId;
        this.epoch = since.epoch();
        this.clock = clock;
        this.revoked = new RevokedSet(limits, clock.nanoTime());
        this.lease = neverGranted(clock);
        this.floor = since.position();
        this.told = since.position();
    }

    /** Facts of a node that is not registered: they vouch for nothing. */
    static Facts none(NodeClock clock) {
        Facts none = new Facts("", new LogPosition(0, Long.MAX_VALUE), FactsLimits.DEFAULT, clock);
        none.end();
        return none;
    }

    /** What these facts say of a copy. */
    public Verdict judge(SessionCopy copy) {
        return judge(copy.digest(), copy.session(), copy.epoch(), copy.position(), null);
    }

    /** What these facts say of a copy that may be past its time to live. */
    public Verdict judge(TimedCopy kept) {
        return judge(kept.digest(), kept.session(), kept.epoch(), kept.position(), kept);
    }

    /** The order of the four reads is the protocol's; see docs/internals/logout.md. */
    private Verdict judge(
            TokenDigest digest, Session session, long copyEpoch, long position, @Nullable TimedCopy kept) {
        Lease granted = lease;
        if (revoked.contains(digest)) {
            return Verdict.REVOKED;
        }
        boolean reached = reaches(session, copyEpoch, position);
        long nanos = clock.nanoTime();
        long wallMillis = clock.wallMillis();
        boolean vouched = reached
                && granted.isRunning(nanos, wallMillis)
                && (kept == null || !kept.hasExpired(nanos, wallMillis))
                && session.validUntilMillis() > granted.storeMillisAt(nanos);
        return vouched ? Verdict.LIVE : Verdict.UNKNOWN;
    }

    /**
     * Why a copy is not {@link Verdict#LIVE}, for people: what changes meanwhile may make it
     * another reason.
     */
    public Refusal refusal(TimedCopy kept) {
        if (revoked.contains(kept.digest())) {
            return Refusal.REVOKED;
        }
        if (!isLeased()) {
            return Refusal.NO_LEASE;
        }
        return reaches(kept.session(), kept.epoch(), kept.position()) ? Refusal.EXPIRED : Refusal.TOO_OLD;
    }

    /** Whether the lease is running, for people. */
    boolean isLeased() {
        return lease.isRunning(clock.nanoTime(), clock.wallMillis());
    }

    /** A position that the log can't have reached would never be below a floor. */
    private boolean reaches(Session session, long copyEpoch, long position) {
        return position >= floor
                && copyEpoch == epoch
                && isWithinReach(position)
                && reachesPartialFloors(session, position);
    }

    /** Whether the log can reach so far by now; of a position that is not negative. */
    private boolean isWithinReach(long position) {
        return position - told <= ProtocolLimits.FURTHEST_AHEAD;
    }

    private boolean reachesPartialFloors(Session session, long position) {
        PartialFloors raised = partialFloors;
        return raised == null || raised.areReached(session, position);
    }

    /** Whether a digest is known to be revoked; needs no lease, since a revocation is permanent. */
    public boolean isRevoked(TokenDigest digest) {
        return revoked.contains(digest);
    }

    /** The store's clock, as of the last poll; this machine's where there was none. */
    public long storeMillis() {
        Lease granted = lease;
        return granted.storeMillis() == 0 ? clock.wallMillis() : granted.storeMillisAt(clock.nanoTime());
    }

    /** The store's clock as the last poll read it; empty where there was none. */
    OptionalLong storeMillisRead() {
        long read = lease.storeMillis();
        return read == 0 ? OptionalLong.empty() : OptionalLong.of(read);
    }

    /** No earlier than the store's clock, for as long as the lease runs; reads no clock. */
    public long storeMillisAtMost() {
        Lease granted = lease;
        return granted.storeMillisAt(granted.endNanos());
    }

    String nodeId() {
        return nodeId;
    }

    long epoch() {
        return epoch;
    }

    long floor() {
        return floor;
    }

    int size() {
        return revoked.size();
    }

    /**
     * Adds revocations of this epoch, in any order, also repeatedly. Each has a digest of its own,
     * if only one that nobody has, by which it is known again.
     *
     * @return those that were not known, but for {@link Cause#PRINCIPAL_GONE}, of which there are
     *     many and nobody is told
     */
    synchronized List<Revocation> apply(List<Revocation> revocations) {
        List<Revocation> news = new ArrayList<>();
        for (Revocation revocation : revocations) {
            if (!revocation.concernsDigest()) {
                raiseFloors(revocation);
            }
            if (revocation.cause() != Cause.PRINCIPAL_GONE && revoked.add(revocation)) {
                news.add(revocation);
            }
            if (revoked.isFull()) {
                forget();
            }
        }
        return news;
    }

    /**
     * Adds what somebody says was revoked. What lies where the log has been read, these facts hold,
     * if it is true.
     *
     * @return as {@link #apply}
     */
    synchronized List<Revocation> applyPushed(List<Revocation> revocations) {
        List<Revocation> unread = revocations.stream()
                .filter(revocation -> revocation.position() > told)
                .toList();
        unread.forEach(revocation -> furthestPushed = Math.max(furthestPushed, revocation.position()));
        return apply(unread);
    }

    /** Whether the log can have all of these by now. */
    boolean canHold(List<Revocation> revocations) {
        return revocations.stream()
                .allMatch(revocation -> revocation.position() > 0 && isWithinReach(revocation.position()));
    }

    /**
     * How far the log reached, by what was pushed up to now: a poll that is sent after this finds
     * it there, unless it isn't true.
     */
    synchronized long furthestPushed() {
        return furthestPushed;
    }

    /** The log has told all up to a position, and these facts hold it. */
    void told(long position) {
        told = Math.max(told, position);
    }

    private void raiseFloors(Revocation revocation) {
        switch (revocation.cause()) {
            case SESSION_GONE -> partialFloors().raiseOfSession(revocation.sessionId(), revocation.position());
            case PRINCIPAL_GONE -> partialFloors().raiseOfPrincipal(revocation.principal(), revocation.position());
            default -> raiseFloor(revocation.position());
        }
    }

    /** Readers may find them before one is raised: they have all of them at zero then. */
    private PartialFloors partialFloors() {
        PartialFloors raised = partialFloors;
        if (raised == null) {
            raised = new PartialFloors();
            partialFloors = raised;
        }
        return raised;
    }

    /** Makes everything older than a position unusable. */
    synchronized void raiseFloor(long position) {
        floor = Math.max(floor, position);
    }

    /** Forgets what is older than the limit; called by the feed now and then. */
    synchronized void forgetOld() {
        if (revoked.isOld(clock.nanoTime())) {
            forget();
        }
    }

    /** Publishes a lease, after all that it vouches for was applied. */
    synchronized void grant(Lease.Start start, Duration length, long storeMillis) {
        if (!ended) {
            lease = Lease.from(start, length, storeMillis);
        }
    }

    /** Ends the lease, for good. */
    synchronized void end() {
        ended = true;
        lease = new Lease(lease.startNanos(), lease.startNanos(), Long.MIN_VALUE, lease.storeMillis());
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    private void forget() {
        raiseFloor(revoked.newestOfOlder());
        revoked.forgetOlder(clock.nanoTime());
    }

    private static Lease neverGranted(NodeClock clock) {
        long nanos = clock.nanoTime();
        return new Lease(nanos, nanos, Long.MIN_VALUE, 0);
    }
}

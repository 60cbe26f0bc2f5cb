package dev.lockstep.revocation;

import dev.lockstep.RevocationsMissed.Reason;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.Registration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node's facts complete: registers the node, reads the revocation log, applies it, and only
 * then publishes a lease counted from before the reading.
 *
 * <p>One poll at a time, by a lock: every {@link #tick}, and every poll that a channel
 * {@linkplain #poked asks for}, happens after the one before. So what a poll read is applied before
 * the next is sent, and the result of a poll that the store gave up (it throws then) is never seen.
 *
 * <p>A tick that fails changes nothing: the lease runs out by itself, and the node asks the store
 * for each request until a later tick succeeds.
 */
final class Feed {

    private static final Logger LOG = System.getLogger(Feed.class.getName());
    /**
     * Rows of one poll: some 100 KB, so that even a backlog of many pages never holds more than one
     * in memory.
     */
    private static final int PAGE_ROWS = 1_000;

    private static final Set<String> NOBODY = Set.of();

    private final RevocationLog log;
    private final LogConnection calls;
    private final CurrentFacts current;
    private final String nodeName;
    private final Duration lease;
    private final FactsLimits limits;
    private final NodeClock clock;
    private final SingleNodeSlot slot;
    private final NodeListener observer;

    private volatile LogPosition applied = new LogPosition(0, 0);
    private LogPosition written = applied;
    private boolean everRegistered;
    private boolean registered;
    private @Nullable String former;
    private boolean failing;
    private boolean closed;

    /** @param nodeName identifies the node to people */
    Feed(
            RevocationLog log,
            CurrentFacts current,
            String nodeName,
            Duration lease,
            FactsLimits limits,
            NodeClock clock,
            SingleNodeSlot slot,
            NodeListener observer) {
        this.log = log;
        this.calls = LogConnection.of(log);
        this.current = current;
        this.nodeName = nodeName;
        this.lease = lease;
        this.limits = limits;
        this.clock = clock;
        this.slot = slot;
        this.observer = observer;
    }

    /**
     * Registers if need be, and brings the facts up to date. Facts that have to be started afresh
     * are so at once; where the new ones have to be, too, that is left to the next tick. Never
     * throws.
     */
    synchronized void tick() {
        if (closed) {
            return;
        }
        current.noticeEnd();
        try {
            if (!catchesUp()) {
                catchesUp();
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /**
     * Brings the facts up to date because a channel says that the log has grown; no more than a
     * tick that comes early. Facts that have to be started afresh are left to the next tick. Never
     * throws.
     *
     * @param grown false where this node has applied the log so far already, so that only those who
     *     wait for it are to be told
     * @param connection on which the thread that calls reads
     * @param senders of the pokes, who wait for this node
     * @return whether there was anything that this node did not know
     */
    synchronized boolean poked(boolean grown, LogConnection connection, Set<String> senders) {
        if (closed || !takesPartStill()) {
            return false;
        }
        LogPosition before = applied;
        try {
            if (grown) {
                current.noticeEnd();
                catchUp(connection, senders);
            } else {
                connection.acknowledge(current.get().nodeId(), applied, senders);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
        return !applied.equals(before) || !takesPartStill();
    }

    /** Whether this node is registered, and need not be afresh. */
    synchronized boolean takesPartStill() {
        return registered && former == null;
    }

    /**
     * Whether the facts are brought up to date, or this node has no place; false where they have to
     * be started afresh.
     */
    private boolean catchesUp() {
        if (!takesPart()) {
            return true;
        }
        catchUp(calls, NOBODY);
        if (registered) {
            recovered();
        }
        return registered;
    }

    /**
     * Registers if need be; a node that starts afresh deletes its former row after that, if its
     * place is still its own.
     */
    private boolean takesPart() {
        if (!registered && slot.isTaken()) {
            return false;
        }
        if (!registered) {
            register();
        }
        return former == null || returns(former);
    }

    private boolean returns(String former) {
        if (!slot.isKept(former)) {
            leave();
            return false;
        }
        log.remove(List.of(former));
        this.former = null;
        return true;
    }

    /**
     * Commits a new row for this node and installs facts that are complete from there on. They get
     * no lease before a poll that began after the row was committed. Their polls begin where the
     * former ones ended, if the log is still the same: the facts need not hold what came in
     * between, but observers are to hear of it.
     */
    synchronized Registration register() {
        String nodeId = current.nextNodeId();
        Registration registration = log.register(nodeId, nodeName, lease);
        observer.nodesListed(registration.others().size() + 1);
        LogPosition since = registration.position();
        current.install(new Facts(nodeId, since, limits, clock));
        registered = true;
        written = since;
        beginFrom(since);
        return registration;
    }

    private void beginFrom(LogPosition since) {
        if (everRegistered && !since.reaches(applied)) {
            current.missed(Reason.HISTORY_CHANGED);
            renewIfFallen(since);
        }
        if (!since.reaches(applied)) {
            applied = since;
        }
        everRegistered = true;
    }

    private void renewIfFallen(LogPosition head) {
        if (head.epoch() == applied.epoch() && head.position() < applied.position()) {
            log.startEpoch(head);
        }
    }

    /**
     * Ends the lease, then deletes the row, and a former one that is still there: a revocation that
     * finds no row need not wait. Later ticks do nothing.
     */
    synchronized void close() {
        closed = true;
        leave();
        if (former != null) {
            log.remove(List.of(former));
        }
    }

    private void leave() {
        Facts facts = current.get();
        current.end(facts);
        if (registered) {
            registered = false;
            log.remove(List.of(facts.nodeId()));
        }
    }

    /** How far this node has applied the log; read by other threads. */
    LogPosition applied() {
        return applied;
    }

    private void catchUp(LogConnection connection, Set<String> senders) {
        boolean more = true;
        while (more) {
            more = poll(connection, senders);
        }
    }

    /** Whether the log holds more than this poll has read, for the same facts. */
    private boolean poll(LogConnection connection, Set<String> senders) {
        Lease.Start start = Lease.Start.now(clock);
        Facts facts = current.get();
        long pushed = facts.furthestPushed();
        LogPage page = connection.poll(facts.nodeId(), applied, PAGE_ROWS);
        current.keyTold(page, start);
        PolledPage polled = new PolledPage(page, applied, written, pushed);
        if (!polled.vouchesFor(facts)) {
            startAfresh(polled);
            return false;
        }
        applyPage(page, facts, polled.end());
        observer.logRead(applied, page.head());
        if (!applied.reaches(page.head())) {
            return true;
        }
        facts.grant(start, lease, page.storeMillis());
        tellCaughtUp(facts, start);
        current.caughtUp();
        acknowledge(page, facts, connection, senders);
        return false;
    }

    private void tellCaughtUp(Facts facts, Lease.Start start) {
        Duration took = start.elapsed(clock);
        observer.polled(applied, facts.floor(), facts.size(), took);
        current.granted(lease.minus(took));
    }

    private void applyPage(LogPage page, Facts facts, LogPosition end) {
        current.applyFromLog(facts, page.rows());
        if (page.floor() > applied.position()) {
            facts.raiseFloor(page.floor());
            current.missed(Reason.LOG_TRIMMED);
        }
        facts.told(end.position());
        facts.forgetOld();
        applied = end;
    }

    private void acknowledge(LogPage page, Facts facts, LogConnection connection, Set<String> senders) {
        NodeRow self = page.self();
        if (self != null && (!self.applied().equals(applied) || !senders.isEmpty())) {
            written = applied;
            connection.acknowledge(facts.nodeId(), applied, senders);
        }
    }

    /**
     * The old facts lose their lease before their row goes; the new ones get theirs after they were
     * registered.
     */
    private void startAfresh(PolledPage polled) {
        LOG.log(
                Level.INFO,
                () -> "LOCKSTEP-0201 This node starts its revocation facts afresh: " + polled.reason() + "."
                        + context());
        renewIfFallen(polled.page().head());
        Facts facts = current.get();
        current.end(facts);
        former = facts.nodeId();
        if (polled.isUsedByAnother()) {
            current.renounceIds();
            former = null;
        }
        registered = false;
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.log(Level.INFO, "LOCKSTEP-0203 The revocation log can be read again." + context());
        }
    }

    private void failed(RuntimeException e) {
        observer.pollFailed(e);
        if (!failing) {
            failing = true;
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0202 The revocation log can't be read; until it can, cached copies are not used once the"
                            + " lease of " + lease + " is over, and every request asks the store. Check the database."
                            + context() + " lease=" + lease,
                    e);
        }
    }

    /** For operators, behind the sentence. */
    private String context() {
        return " node=" + nodeName;
    }
}

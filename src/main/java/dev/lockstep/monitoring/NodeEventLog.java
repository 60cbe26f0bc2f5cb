package dev.lockstep.monitoring;

import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Logs what an operator wants to know of a node and no other message says: a line for each event,
 * with its context as {@code key=value} behind the sentence. What begins and ends has a line for
 * each; what may come in masses has one a minute.
 *
 * <p>Thread-safe. No line has a token, a digest, a session or a principal.
 */
public final class NodeEventLog implements NodeListener {

    private static final Logger LOG = System.getLogger(NodeEventLog.class.getName());

    /** Acknowledgements that a node may miss in a row: one is lost now and then. */
    private static final int MISSES = 3;
    /** A logout that takes longer is worth a line where no lease says what is long. */
    private static final Duration LONG = Duration.ofSeconds(1);

    private static final Pattern NUMBER = Pattern.compile("LOCKSTEP-\\d{4}");

    private final String context;
    private final Duration slow;
    private final NodeClock clock;
    private final AtomicBoolean withoutLease = new AtomicBoolean();
    private volatile long lostNanos;
    private final Map<String, Integer> silent = new ConcurrentHashMap<>();
    private final OnceAMinute slowLogouts;
    private final OnceAMinute unconfirmedLogouts;
    private final OnceAMinute fullQueues;
    private final OnceAMinute timeOuts;
    private volatile boolean pushes;

    /** @param lease what a logout takes at most where every node that is alive answers */
    public NodeEventLog(String application, String nodeName, Duration lease, NodeClock clock) {
        this.context = " application=" + application + " node=" + nodeName;
        this.slow = lease.compareTo(LONG) > 0 ? lease : LONG;
        this.clock = clock;
        this.slowLogouts = new OnceAMinute(clock::nanoTime);
        this.unconfirmedLogouts = new OnceAMinute(clock::nanoTime);
        this.fullQueues = new OnceAMinute(clock::nanoTime);
        this.timeOuts = new OnceAMinute(clock::nanoTime);
    }

    @Override
    public void leaseLost(LeaseEnd why) {
        if (why == LeaseEnd.RAN_OUT && withoutLease.compareAndSet(false, true)) {
            lostNanos = clock.nanoTime();
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0601 This node holds no lease any more: until it can read the revocation log again, every"
                            + " request asks the store." + context);
        }
    }

    @Override
    public void leaseGranted(Duration remaining) {
        if (withoutLease.compareAndSet(true, false)) {
            LOG.log(
                    Level.INFO,
                    "LOCKSTEP-0602 This node holds a lease again." + context + " without="
                            + Duration.ofNanos(clock.nanoTime() - lostNanos));
        }
    }

    @Override
    public void revoked(Duration took, @Nullable Throwable failure) {
        if (failure != null) {
            warnOnce(
                    unconfirmedLogouts,
                    "LOCKSTEP-0604 A logout is not known to hold on every node; its caller was told so.",
                    " took=" + took + " cause=" + cause(failure));
        } else if (took.compareTo(slow) > 0) {
            warnOnce(slowLogouts, "LOCKSTEP-0603 A logout took long until it was true on every node.", " took=" + took);
        }
    }

    @Override
    public void fenced(String nodeName) {
        silent.remove(nodeName);
        LOG.log(
                Level.INFO,
                "LOCKSTEP-0605 A node whose lease had to be waited out was fenced: it starts afresh when it is back."
                        + context + " fenced=" + nodeName);
    }

    @Override
    public void pushed(int nodes) {
        pushes = true;
    }

    /** Then nobody is expected to acknowledge. */
    @Override
    public void poking(int nodes) {
        pushes = false;
    }

    @Override
    public void nodeSettled(String nodeName, SettledBy how, Duration sinceCommit) {
        if (how == SettledBy.ACKNOWLEDGED) {
            acknowledged(nodeName);
        } else if (how == SettledBy.GONE) {
            silent.remove(nodeName);
        } else if (pushes && silent.merge(nodeName, 1, Integer::sum) == MISSES) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0606 A node does not acknowledge logouts that are pushed to it: each takes up to a poll"
                            + " period longer. Check the revocation channel." + context + " silent=" + nodeName);
        }
    }

    @Override
    public void storeDequeued(String queue, Duration waited, QueueExit how) {
        if (how == QueueExit.REFUSED) {
            warnOnce(
                    fullQueues,
                    "LOCKSTEP-0608 A queue in front of the store is full, and calls are refused.",
                    " queue=" + queue);
        }
    }

    @Override
    public void storeTimedOut(String queue) {
        warnOnce(timeOuts, "LOCKSTEP-0609 The store did not answer a call in time.", " queue=" + queue);
    }

    private void acknowledged(String nodeName) {
        Integer misses = silent.remove(nodeName);
        if (misses != null && misses >= MISSES) {
            LOG.log(
                    Level.INFO,
                    "LOCKSTEP-0607 A node acknowledges pushed logouts again." + context + " acknowledging=" + nodeName
                            + " missed=" + misses);
        }
    }

    private void warnOnce(OnceAMinute messages, String message, String details) {
        if (messages.isDue()) {
            LOG.log(Level.WARNING, message + context + details);
        }
    }

    /** The number of its message, as texts of databases may tell too much. */
    private static String cause(Throwable failure) {
        Matcher number = NUMBER.matcher(Objects.toString(failure.getMessage(), ""));
        return number.find() ? number.group() : failure.getClass().getName();
    }
}

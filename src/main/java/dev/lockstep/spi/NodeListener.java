package dev.lockstep.spi;

import dev.lockstep.TokenRefused;
import dev.lockstep.spi.CopySeal.Flaw;
import dev.lockstep.spi.Lookup.Refusal;
import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a node does, by one call for each event: a basis for health checks, metrics and JMX.
 * Beans of the application that have this type are told, from the start of the deployment until it
 * has ended. One without a {@link #lookedUp} of its own is not called for look-ups, and costs a hit
 * nothing.
 *
 * <p><b>Threads.</b> Each method is called by the thread that does the work, which may be a
 * request's, and says below which that is. So it must be quick, must not block, must not call the
 * session manager, and must be safe for use by several threads.
 *
 * <p><b>Order.</b> What one thread does is told in the order in which it is done. Events of
 * different threads are told in no order: what a call of the application causes on the node's
 * threads may be told after the call has returned. No lock of the node's is held
 * meanwhile, but the one by which it reads the log once at a time.
 *
 * <p><b>Failures.</b> What a method throws is logged, at most once a minute, and has no effect on
 * the node or on other listeners.
 *
 * <p>No token, digest, session or principal is ever given to a listener. Durations are never
 * negative, except where the machine's monotonic clock is set back. Every method does nothing by
 * default, so that later versions can add events.
 */
public interface NodeListener extends ChannelListener {

    /** Hears nothing. */
    NodeListener NONE = new NodeListener() {};

    /** Why a node may not trust copies any more. */
    enum LeaseEnd {
        /** The revocation log could not be read in time. */
        RAN_OUT,
        /** The node was fenced, its row is gone, the store's history changed, or the node ends. */
        WITHDRAWN
    }

    /** How a revocation comes to a node. */
    enum Origin {
        /** It was made here. */
        OWN,
        /** Another node pushed it by the revocation channel. */
        PUSHED,
        /** It was read from the revocation log. */
        READ
    }

    /** How it becomes certain that another node does not accept what was revoked. */
    enum SettledBy {
        /** The node acknowledged the push. */
        ACKNOWLEDGED,
        /** The node's row shows that it has applied the log so far. */
        APPLIED,
        /** The node's row is gone: it has ended, or has begun afresh with another one. */
        GONE,
        /** The node's lease was waited out. */
        WAITED_OUT
    }

    /** What ends sessions. */
    enum EndedBy {
        /** A revocation of the token. */
        TOKEN,
        /** A revocation by the session's identifier. */
        ID,
        /** A revocation of all sessions of the principal. */
        PRINCIPAL,
        /** A revocation of the principal's other sessions. */
        OTHERS,
        /** The end of all sessions of the application. */
        APPLICATION,
        /** One of its timeouts: its row was swept. */
        EXPIRY
    }

    /** How a call leaves the queue in front of the store. */
    enum QueueExit {
        /** A thread has taken it. */
        BEGUN,
        /** The queue is full, so it was never in it. */
        REFUSED,
        /** Nobody waits for it any more, or the store was closed. */
        ABANDONED
    }

    /**
     * A token was looked up. Called by the thread that asked. Tokens of a length that ours never
     * have are not looked up.
     *
     * @param answeredBy {@link Source#STORE} where the look-up failed
     * @param nanos how long it took, in nanoseconds, from the moment at which the near cache did
     *     not answer. 0 for a hit of the near cache and for {@link Source#TAG}, which take less
     *     than a microsecond: to time it would cost a good part of that
     */
    default void lookedUp(Source answeredBy, Result result, long nanos) {}

    /**
     * A cache had no copy, could not be read, or was not asked because the store had denied the
     * session. Told only of caches that there are, by the thread that asked.
     *
     * @param cache {@link Source#NEAR} or {@link Source#SHARED}
     */
    default void missed(Source cache) {}

    /**
     * A cache had a copy, which was not used. Called by the thread that asked. The reason is found
     * out afterwards, so it may be another one if the node has learnt something in between.
     *
     * @param cache {@link Source#NEAR} or {@link Source#SHARED}
     */
    default void refused(Source cache, Refusal reason) {}

    /**
     * A cache outside this JVM had something for a token that is no copy sealed by this
     * application. Called by the thread that asked, before {@link #missed}.
     *
     * @param cache its name
     */
    default void copyFlawed(String cache, Flaw why) {}

    /**
     * The store was asked for a session, and answered. Called by the thread that asked, and not for
     * those that share its answer.
     */
    default void loaded(boolean found, Duration took) {}

    /**
     * The filter refuses a request, or the mechanism does. Called by the request's thread, before
     * the answer is sent, together with the event {@link TokenRefused}.
     */
    default void requestRefused(TokenRefused.Reason reason) {}

    /** A session was opened. Called by the thread that opened it. */
    default void sessionOpened() {}

    /** A session got a new token. Called by the thread that asked for it, behind the commit. */
    default void sessionRotated() {}

    /**
     * Sessions were ended by this node, in one transaction. Called by the thread that ended them,
     * once for each call of the application and for each batch that is swept; not where there was
     * none to end.
     *
     * @param count how many; positive
     */
    default void sessionsEnded(EndedBy how, int count) {}

    /**
     * Whether the live sessions shall be counted now, for {@link #sessionsCounted}: for example
     * where somebody has looked at the number since this was asked last. Asked about once a minute,
     * by a thread for background work. A count keeps a connection of the store busy for no more
     * than a thousandth of the time, so it does not follow each time.
     */
    default boolean countsSessions() {
        return false;
    }

    /**
     * The live sessions of the application were counted, since a listener
     * {@linkplain #countsSessions asked for it}. Called by a thread for background work.
     *
     * @param live how many there are, on whichever node they were opened
     */
    default void sessionsCounted(long live, Duration took) {}

    /**
     * A copy was put into a cache. Called by the thread that has it from the store or from the
     * shared cache.
     *
     * @param cache {@link Source#NEAR} or {@link Source#SHARED}
     */
    default void stored(Source cache) {}

    /**
     * A cache in this JVM dropped a copy to make room. Called by the thread that put another one.
     *
     * @param cache its name, {@code near} for one in front of another
     */
    default void evicted(String cache) {}

    /**
     * A cache in this JVM was cleared of what had expired, as it is every minute. Called by a
     * thread for background work.
     *
     * @param cache its name, {@code near} for one in front of another
     * @param size how many copies it holds now
     */
    default void swept(String cache, int size) {}

    /**
     * A cache that fails is left alone from now on, or is used again. Called by the thread whose
     * operation failed last, or by one for background work.
     *
     * @param cache its name
     * @param reads whether this concerns reads; otherwise writes alone
     * @param open whether it is left alone
     */
    default void breaker(String cache, boolean reads, boolean open) {}

    /**
     * The revocation log was read to its end, and the node's facts are up to date with it. Called
     * by the thread that reads the log.
     *
     * @param applied up to where
     * @param floor copies that are older than this position are not used; grows as facts are
     *     forgotten
     * @param facts how many revocations the node remembers
     * @param took since the reading was sent
     */
    default void polled(LogPosition applied, long floor, int facts, Duration took) {}

    /**
     * A page of the revocation log was read and applied. Called by the thread that reads the log,
     * before {@link #polled} if it was the last page.
     *
     * @param applied up to where this node has applied the log now
     * @param head its newest position, as it was read
     */
    default void logRead(LogPosition applied, LogPosition head) {}

    /** The revocation log could not be read. Called by the thread that reads it. */
    default void pollFailed(RuntimeException failure) {}

    /**
     * The node may trust copies, or may go on trusting them. Called by the thread that reads the
     * log, after {@link #polled}.
     *
     * @param remaining for how long from now on, unless another grant or a loss is told
     */
    default void leaseGranted(Duration remaining) {}

    /**
     * The node does not trust copies any more. Called once after a grant, by the thread that
     * notices: a lease that ran out is noticed when the log is about to be read again, at the
     * latest after one poll and the store's timeout.
     */
    default void leaseLost(LeaseEnd why) {}

    /**
     * A call that ends sessions begins; a rotation is none. Called by the thread that calls, so
     * that what belongs to it can be taken along.
     *
     * @return hears how this call goes on; null for nobody
     */
    default @Nullable RevocationSteps revoking() {
        return null;
    }

    /**
     * Revocations were committed together, or one rotation was. Called by the thread that committed
     * them.
     *
     * @param calls how many calls of the application; those that mean very many sessions are
     *     committed in parts, and counted with each
     * @param took since the commit was sent
     */
    default void revocationsCommitted(int calls, Duration took) {}

    /**
     * What was committed waits for another node, one that has a lease. Called by the thread that
     * committed it, once for each node and commit. Exactly one of {@link #nodeSettled} and
     * {@link #nodeUnsettled} follows for each, often at once; several commits may wait for the same
     * node.
     *
     * @param atMost until the node's lease is over for certain, after which nobody waits for it
     */
    default void nodeAwaited(String nodeName, Duration atMost) {}

    /**
     * It is certain that another node does not accept what was committed. Called by the thread
     * that found out, once for each node and commit that had to be waited for.
     */
    default void nodeSettled(String nodeName, SettledBy how, Duration sinceCommit) {}

    /**
     * What was committed waits for another node no more, although it is not certain what that one
     * accepts: the waiting has failed. Called by the thread that found out.
     */
    default void nodeUnsettled(String nodeName) {}

    /**
     * What was committed holds on every node, or it can't be told. Called by the thread that
     * found out, once for each commit; also for those that only announce to the nodes what the
     * store does not know.
     *
     * @param how the last node was settled; null where none had to be waited for
     * @param sinceCommit since the commit had returned
     * @param failure null where it holds
     */
    default void revocationsSettled(@Nullable SettledBy how, Duration sinceCommit, @Nullable Throwable failure) {}

    /**
     * A call that ends sessions is over: what it revoked is accepted nowhere, or it failed. Called
     * by the thread that found out, for calls that do not wait, too; before or after
     * {@link #revocationsSettled} of its last commit.
     *
     * @param took since the call
     * @param failure null where it holds
     */
    default void revoked(Duration took, @Nullable Throwable failure) {}

    /**
     * The store's list of nodes was read: when this one registered, after a commit that others had
     * to know of, and every minute. Called by the thread that read it.
     *
     * @param nodes how many there are, this one included
     */
    default void nodesListed(int nodes) {}

    /**
     * Another node was fenced, after its lease had to be waited out. Called by a thread for
     * background work.
     */
    default void fenced(String nodeName) {}

    /**
     * The node learnt of a revocation, once for each. Called by the thread that applied it.
     *
     * @param how {@link Origin#READ} also for one that was made here, if the log is read first
     * @param lag since it was made, by the store's clock as this node knows it
     */
    default void learnt(Origin how, Duration lag) {}

    /**
     * The canaries of all nodes that have some were refused here after they had been revoked, each
     * at least once since this was told last: {@code lockstep.canary}. Called by a thread for
     * background work.
     *
     * @param nodes how many nodes those are, this one included
     */
    default void canaryProved(int nodes) {}

    /**
     * This node has accepted a canary whose revocation had returned: a logout was not true. Called
     * by a thread for background work.
     *
     * @param nodeName the node on which it was revoked
     */
    default void canaryFailed(String nodeName) {}

    /**
     * A call of the store has returned or thrown. Called by the thread that called.
     *
     * @param operation the method of {@link SessionStore}, {@link SessionSearch} or
     *     {@link RevocationLog}
     * @param took the waiting for a thread of the store's included
     * @param failure null where it succeeded
     */
    default void storeCalled(String operation, Duration took, @Nullable Throwable failure) {}

    /**
     * A call joins a queue in front of the store. {@link #storeDequeued} follows once, so that the
     * difference of both is how many wait. Called by the thread that called.
     *
     * @param queue {@code reads}, {@code logins}, {@code revocations}, {@code feed} or
     *     {@code housekeeping}
     */
    default void storeQueued(String queue) {}

    /**
     * A call leaves a queue in front of the store. Called by the thread that begins the work, or
     * gives it up.
     *
     * @param queue as {@link #storeQueued} named it
     * @param waited since it joined
     */
    default void storeDequeued(String queue, Duration waited, QueueExit how) {}

    /**
     * A statement, or a transaction, is begun that answers calls which gathered in a queue. Called
     * by the thread that begins it, for each.
     *
     * @param queue as {@link #storeQueued} named it
     * @param calls how many, 1 or more
     */
    default void storeGathered(String queue, int calls) {}

    /**
     * The deadline of a call passed, while it waited or was at work. Called by the thread that
     * called.
     *
     * @param queue as {@link #storeQueued} named it
     */
    default void storeTimedOut(String queue) {}
}

package dev.lockstep.monitoring;

import dev.lockstep.spi.LogPosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node is at one moment. Immutable. Each part is consistent in itself; an event that happens
 * meanwhile may be in one part and not yet in another. Ages are measured by the monotonic clock,
 * and null for what has not happened since the deployment began.
 *
 * @param application whose sessions they are
 * @param nodeName identifies this node to people
 * @param nodes how many nodes of the application the store lists, this one included, as of the
 *     registration, the last logout here, or the last minute; 0 where it lists none yet
 * @param cache the name of the cache that {@code lockstep.cache} chooses
 * @param breakers of the caches whose breakers were open at some time, by the caches' names
 * @param queues how many calls wait for a thread of the store, by the name of the queue; empty for
 *     a store of the application's
 */
public record NodeSnapshot(
        String application,
        String nodeName,
        int nodes,
        LeaseState lease,
        LogState log,
        String cache,
        Map<String, BreakerState> breakers,
        Map<String, Integer> queues,
        StoreState store,
        ChannelState channel,
        RevocationState revocations,
        CanaryState canary) {

    public NodeSnapshot {
        breakers = Map.copyOf(breakers);
        queues = Map.copyOf(queues);
    }

    /** Of the cache that {@code lockstep.cache} chooses; closed where it has none. */
    public BreakerState breaker() {
        return breakers.getOrDefault(cache, BreakerState.CLOSED);
    }

    /** How many calls wait for a thread of the store, in all queues together. */
    public int queued() {
        return queues.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether a cache is used. */
    public enum BreakerState {
        /** It is. */
        CLOSED,
        /** It is read, but not written, since it fails to be. */
        READ_ONLY,
        /** It is left alone, since it fails. */
        OPEN
    }

    /**
     * Whether the node may trust cached copies.
     *
     * @param left for how long from now, without another poll; null where it holds no lease
     * @param lostSince the age of the last loss
     */
    public record LeaseState(
            @Nullable Duration left, @Nullable Duration lostSince) {

        /** Whether the node may trust copies now. */
        public boolean isHeld() {
            return left != null;
        }
    }

    /**
     * The revocation log, as the node last read it.
     *
     * @param polledSince the age of the last poll that read it to its end
     * @param failedSince the age of the last poll that failed
     * @param applied up to where the node has applied it
     * @param head its newest place
     * @param floor copies older than this position are not used
     * @param facts how many revocations the node remembers
     */
    public record LogState(
            @Nullable Duration polledSince,
            @Nullable Duration failedSince,
            LogPosition applied,
            LogPosition head,
            long floor,
            int facts) {

        /** How many revocations the node had not applied when it last read the log. */
        public long behind() {
            return applied.epoch() == head.epoch() ? Math.max(0, head.position() - applied.position()) : 0;
        }
    }

    /**
     * The calls of the store.
     *
     * @param answeredSince the age of the last one that succeeded
     * @param failedSince the age of the last one that failed
     * @param timedOutSince the age of the last one whose deadline passed
     * @param refusedSince the age of the last one that found its queue full
     */
    public record StoreState(
            @Nullable Duration answeredSince,
            @Nullable Duration failedSince,
            @Nullable Duration timedOutSince,
            @Nullable Duration refusedSince) {}

    /**
     * The revocation channel; a node without one neither pushes nor receives. One that pokes is up
     * or not, and has no more to tell, since the nodes' rows tell who has come how far.
     *
     * @param name by which {@code lockstep.channel} chooses it; {@code none} where there is none
     * @param pokes whether it pokes
     * @param pushedSince the age of the last push to the other nodes
     * @param acknowledgedSince the age of the last acknowledgement of a push of this node's
     * @param receivedSince the age of the last push of another node's
     * @param missing how many nodes in a row have had to be waited for although they were pushed
     *     to; 0 once one acknowledges
     * @param up whether a channel that pokes hears the other nodes
     */
    public record ChannelState(
            String name,
            boolean pokes,
            @Nullable Duration pushedSince,
            @Nullable Duration acknowledgedSince,
            @Nullable Duration receivedSince,
            long missing,
            boolean up) {}

    /**
     * The logouts made here.
     *
     * @param took how long the last call took that held on every node
     * @param tookSince the age of its end
     * @param failedSince the age of the last one that failed, or is unconfirmed
     * @param waitedOut the last node whose lease had to be waited out
     * @param awaited the nodes that are waited for now, by their names
     */
    public record RevocationState(
            @Nullable Duration took,
            @Nullable Duration tookSince,
            @Nullable Duration failedSince,
            @Nullable WaitedOut waitedOut,
            List<AwaitedNode> awaited) {

        public RevocationState {
            awaited = List.copyOf(awaited);
        }
    }

    /**
     * A node that logouts are waiting for.
     *
     * @param nodeName identifies it to people
     * @param commits how many are waiting for it; what was committed together waits together
     * @param since for how long the oldest of them has been
     * @param left how long that one waits at most, until the node's lease is over for certain; zero
     *     where that moment has come
     */
    public record AwaitedNode(String nodeName, int commits, Duration since, Duration left) {}

    /**
     * What {@code lockstep.canary} has shown; nothing where it is not set.
     *
     * @param provedSince the age of the last proof that this node refuses the canaries of all
     * @param failedSince the age of the last canary that it accepted after its revocation
     * @param failedOn the node on which that was revoked
     */
    public record CanaryState(
            @Nullable Duration provedSince,
            @Nullable Duration failedSince,
            @Nullable String failedOn) {}

    /**
     * A node whose lease had to be waited out.
     *
     * @param nodeName identifies it to people
     * @param since the age of the moment at which it was over
     * @param took since the commit
     * @param fenced whether it was fenced thereupon, so that it starts afresh when it is back
     */
    public record WaitedOut(String nodeName, Duration since, Duration took, boolean fenced) {}
}

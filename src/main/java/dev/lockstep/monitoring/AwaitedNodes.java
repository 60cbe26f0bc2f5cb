package dev.lockstep.monitoring;

import dev.lockstep.monitoring.NodeSnapshot.AwaitedNode;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The nodes that commits are waiting for now. A wait is here as long as its end has not been told,
 * so there are as many as the node itself keeps. Which of several for the same node ends is not
 * told: it is taken to be the oldest.
 *
 * <p>Thread-safe, by one lock that is held for a moment.
 */
final class AwaitedNodes {

    private final Map<String, Deque<Wait>> waits = new TreeMap<>();
    private final NodeClock clock;

    AwaitedNodes(NodeClock clock) {
        this.clock = clock;
    }

    synchronized void began(String nodeName, Duration atMost) {
        long now = clock.nanoTime();
        waits.computeIfAbsent(nodeName, first -> new ArrayDeque<>()).add(new Wait(now, now + atMost.toNanos()));
    }

    synchronized void ended(String nodeName) {
        waits.computeIfPresent(nodeName, (name, before) -> {
            before.poll();
            return before.isEmpty() ? null : before;
        });
    }

    /** By their names. */
    synchronized List<AwaitedNode> now() {
        long now = clock.nanoTime();
        List<AwaitedNode> nodes = new ArrayList<>();
        waits.forEach((name, ofNode) -> nodes.add(ofNode.element().of(name, ofNode.size(), now)));
        return nodes;
    }

    private record Wait(long beganNanos, long endNanos) {

        AwaitedNode of(String nodeName, int commits, long now) {
            return new AwaitedNode(
                    nodeName,
                    commits,
                    Duration.ofNanos(now - beganNanos),
                    Duration.ofNanos(Math.max(0, endNanos - now)));
        }
    }
}

package dev.lockstep.revocation;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names this node: a new row identifier for each registration, which it knows again as its own. Thread-safe.
 */
final class NodeIdentity {

    private final String prefix = UUID.randomUUID() + "-";
    private final AtomicLong registrations = new AtomicLong();
    private final String name;

    /** @param name tells people which node it is */
    NodeIdentity(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    String next() {
        return prefix + registrations.incrementAndGet();
    }

    boolean isOwn(String nodeId) {
        return nodeId.startsWith(prefix);
    }

    /** Whether two registrations are of one node. */
    static boolean areOfOneNode(String nodeId, String other) {
        int length = nodeId.lastIndexOf('-') + 1;
        return other.lastIndexOf('-') + 1 == length && other.startsWith(nodeId.substring(0, length));
    }
}

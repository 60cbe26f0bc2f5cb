package dev.lockstep.revocation;

import java.util.List;
import java.util.UUID;

/**
 * Names this node: a new row identifier for each registration. It knows the present one and the one
 * before as its own. One part of the identifiers is the same for all registrations of a node, so
 * that others can tell.
 *
 * <p>Thread-safe; changed by one thread. No identifier is drawn twice, by a clone of this process
 * neither: so each of the two waits for the other.
 */
final class NodeIdentity {

    private final String name;
    private volatile List<String> own = List.of("", "");
    private String prefix = newPrefix();

    /** @param name identifies the node to people */
    NodeIdentity(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** A new identifier, for the row that is going to take the place of the present one. */
    String next() {
        String next = prefix + Long.toUnsignedString(UUID.randomUUID().getMostSignificantBits(), Character.MAX_RADIX);
        own = List.of(next, own.get(0));
        return next;
    }

    boolean isOwn(String nodeId) {
        return own.contains(nodeId);
    }

    /**
     * Another process uses this identity as well: this one becomes another node, and what was its
     * own is no longer.
     */
    void renounce() {
        prefix = newPrefix();
        own = List.of("", "");
    }

    /** Whether two registrations are of one node. */
    static boolean areOfOneNode(String nodeId, String other) {
        int length = nodeId.lastIndexOf('-') + 1;
        return other.lastIndexOf('-') + 1 == length && other.startsWith(nodeId.substring(0, length));
    }

    private static String newPrefix() {
        return UUID.randomUUID() + "-";
    }
}

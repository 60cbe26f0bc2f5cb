package dev.lockstep.revocation;

import dev.lockstep.spi.RevocationLog.NodeRow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node's place among the nodes of its application. Where there is but one place
 * ({@code lockstep.nodes=single}), a node whose row was deleted, as after a long pause, may find
 * that another has taken it; it then gives way: it stays without a registration, so that it trusts
 * no copy and asks the store for each request, for as long as others are registered.
 *
 * <p>A node that was only fenced keeps its place, since that is how another that starts finds out
 * whether it is alive ({@link SingleNode}). The fenced one registers again, then looks whether its
 * former row is still there; the other deletes that row, then looks for new registrations.
 * Whichever comes first, one of them sees the other.
 *
 * <p>Confined to the feed's thread. Where the store fails, nothing is decided, and the next tick
 * asks again.
 */
final class SingleNodeSlot {

    private static final Logger LOG = System.getLogger(SingleNodeSlot.class.getName());

    private final @Nullable SingleNode single;
    private boolean taken;

    /** @param single the rule for the one place; null where there are as many as nodes */
    SingleNodeSlot(@Nullable SingleNode single) {
        this.single = single;
    }

    /** Whether this node gave way to another that is still registered. */
    boolean isTaken() {
        taken = taken && single != null && !single.others().isEmpty();
        return taken;
    }

    /**
     * Whether this node, which has registered again, may go on. Blocks about a lease if its former
     * row is gone and others are registered.
     */
    boolean isKept(String former) {
        if (single == null || single.isRegistered(former)) {
            return true;
        }
        Optional<NodeRow> other = single.findAlive(single.others());
        taken = other.isPresent();
        other.ifPresent(SingleNodeSlot::giveWay);
        return !taken;
    }

    private static void giveWay(NodeRow other) {
        LOG.log(
                Level.ERROR,
                () -> "LOCKSTEP-0212 lockstep.nodes is single, and " + other.name() + " took this node's place while"
                        + " it was away. This node uses no cached copy any more and asks the store for every request."
                        + " Stop one of the two. other=" + other.name());
    }
}

package dev.lockstep.sim.world;

import dev.lockstep.IssuedToken;
import dev.lockstep.LockstepException;
import dev.lockstep.Session;
import dev.lockstep.sim.engine.Simulation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What must be when nothing has gone wrong for a while: all calls have ended, and every node serves
 * from copies again.
 */
final class Recovery {

    /**
     * The longest outage and the latest restart, which may have begun in the last moment of the
     * rage.
     */
    private static final Duration LATEST_END = Duration.ofSeconds(15);

    private static final int MOST_DENIALS = 10_000;
    private static final int ATTEMPTS = 20;
    private static final long PAUSE = 100_000_000;

    private final World world;
    private final Simulation simulation;

    Recovery(World world) {
        this.world = world;
        this.simulation = world.simulation();
    }

    void begin() {
        simulation.in(LATEST_END.toNanos(), null, () -> world.visitors().leave());
        Duration calls = world.plan()
                .storeTimeout()
                .multipliedBy(6)
                .plus(world.plan().longestLease().multipliedBy(2));
        simulation.in(LATEST_END.plus(calls).plusSeconds(20).toNanos(), null, this::demand);
    }

    private void demand() {
        world.visitors().logouts().demandEnd();
        if (!world.plan().single()) {
            world.nodes().forEach(node -> node.request(() -> servesFromCopies(node)));
        }
        world.nodes().stream().filter(SimulatedNode::isServing).forEach(this::keepsWithinBounds);
        simulation.in(Duration.ofSeconds(10).toNanos(), null, world::end);
    }

    /** Nobody waits for anything any more, and what is remembered is no more than it may be. */
    private void keepsWithinBounds(SimulatedNode node) {
        Innards whole = new Innards(node.node());
        Innards waits = whole.field("revocation").field("leaseWaits");
        Innards lookup = whole.field("manager").field("lookup");
        Innards denials = lookup.field("copies").field("negatives");
        Innards committer = whole.field("manager").field("revocations");
        bound(node, "commits", committer.field("queue").field("queue"), 0);
        bound(node, "uses", whole.field("usage").field("underWay"), 0);
        bound(node, "waits", waits.field("waits"), 0);
        bound(node, "questions", waits.field("confirmation").field("unanswered"), 0);
        bound(node, "loads", lookup.field("singleFlight").field("underWay"), 0);
        bound(node, "denials", denials.field("ofOthers").field("order"), MOST_DENIALS);
        bound(node, "denials of copies", denials.field("ofCopies").field("order"), MOST_DENIALS);
        Innards facts = whole.field("revocation").field("current").field("facts");
        if (node.plan().copies() > 0) {
            Innards kept = lookup.field("copies").field("near").field("copies").field("order");
            int copies = sizeOf(kept.field("recent")) + sizeOf(kept.field("main"));
            bound(node, "copies", copies, node.plan().copies());
        }
        Innards revoked = facts.field("revoked").field("generations");
        int known = sizeOf(revoked.field("younger")) + sizeOf(revoked.field("older"));
        bound(node, "digests", known, node.plan().facts());
    }

    private static int sizeOf(Innards counted) {
        return (int) counted.field("size").object();
    }

    private void bound(SimulatedNode node, String what, Innards kept, int most) {
        bound(node, what, kept.size(), most);
    }

    private void bound(SimulatedNode node, String what, int kept, int most) {
        world.register().keeps(node.name(), what, kept, most);
    }

    /**
     * At one of some moments: a lease may be short beside what a machine with other things to do
     * needs.
     */
    private void servesFromCopies(SimulatedNode node) {
        boolean hit = node.plan().copies() == 0;
        for (int i = 0; !hit && i < ATTEMPTS; i++) {
            hit = isHit(node);
            simulation.sleep(PAUSE);
        }
        world.register().recovered(node.name(), hit);
    }

    private boolean isHit(SimulatedNode node) {
        try {
            IssuedToken issued = node.manager().open("somebody", Set.of());
            long steps = simulation.steps();
            Optional<Session> found = node.manager().find(issued.token());
            return found.isPresent() && steps == simulation.steps();
        } catch (LockstepException e) {
            return false;
        }
    }
}

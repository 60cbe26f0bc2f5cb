package dev.lockstep.sim.world;

import dev.lockstep.IssuedToken;
import dev.lockstep.LockstepException;
import dev.lockstep.Session;
import dev.lockstep.sim.check.Violation;
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
        world.nodes().forEach(node -> node.request(() -> servesFromCopies(node)));
        world.nodes().stream().filter(SimulatedNode::isServing).forEach(this::keepsWithinBounds);
        simulation.in(Duration.ofSeconds(10).toNanos(), null, world::end);
    }

    /** Nobody waits for anything any more, and what is remembered is no more than it may be. */
    private void keepsWithinBounds(SimulatedNode node) {
        Innards whole = new Innards(node.node());
        Innards waits = whole.field("revocation").field("leaseWaits");
        Innards lookup = whole.field("manager").field("lookup");
        Innards denials = lookup.field("copies").field("negatives");
        bound(node, "waits", waits.field("waits"), 0);
        bound(node, "questions", waits.field("confirmation").field("unanswered"), 0);
        bound(node, "loads", lookup.field("singleFlight").field("underWay"), 0);
        bound(node, "denials", denials.field("ofOthers").field("order"), MOST_DENIALS);
        bound(node, "denials of copies", denials.field("ofCopies").field("order"), MOST_DENIALS);
        Innards facts = whole.field("revocation").field("current").field("facts");
        Innards revoked = facts.field("revoked").field("generations");
        int known = (int) revoked.field("younger").field("size").object()
                + (int) revoked.field("older").field("size").object();
        if (known > node.plan().facts()) {
            world.register().add(Violation.Kind.MEMORY, node.name() + " knows " + known + " digests");
        }
    }

    private void bound(SimulatedNode node, String what, Innards kept, int most) {
        if (kept.size() > most) {
            world.register().add(Violation.Kind.MEMORY, node.name() + " keeps " + kept.size() + " " + what);
        }
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
        if (!hit) {
            world.register().add(Violation.Kind.NO_RECOVERY, node.name() + " asks the store still");
        }
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

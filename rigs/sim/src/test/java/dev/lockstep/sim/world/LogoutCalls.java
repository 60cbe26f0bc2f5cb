package dev.lockstep.sim.world;

import dev.lockstep.IssuedToken;
import dev.lockstep.LockstepException;
import dev.lockstep.RevocationOutcome;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.sim.check.KnownSession;
import dev.lockstep.sim.check.Register;
import dev.lockstep.sim.check.Register.End;
import dev.lockstep.sim.check.Ticket;
import dev.lockstep.sim.check.Violation;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.SimulatedProcess;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.sim.fault.FaultKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Ends sessions in all the ways that there are, and presents their tokens everywhere then. */
final class LogoutCalls {

    /** After that nothing of a call is on its way any more. */
    private static final long LATEST = 300_000_000_000L;

    private static final long SECOND = 1_000_000_000;
    /** Every change of threads may take a fifth of a second. */
    private static final long SCHEDULING = 4 * SECOND;

    private final World world;
    private final Simulation simulation;
    private final Register register;
    private final Visitors visitors;
    private final Choices choices;
    private final Counts counts;
    private final List<Pending> pending = new ArrayList<>();

    /** A call that has not ended. */
    private record Pending(
            SimulatedNode node,
            SimulatedProcess process,
            String what,
            int sessions,
            long begun,
            long stolen,
            long refused,
            int losses) {}

    LogoutCalls(World world, Visitors visitors, Choices choices) {
        this.world = world;
        this.simulation = world.simulation();
        this.register = world.register();
        this.visitors = visitors;
        this.choices = choices;
        this.counts = world.counts();
    }

    void end(SimulatedNode node, Ticket<SessionToken> ticket) {
        KnownSession session = ticket.session();
        SessionManager sessions = node.manager();
        int percent = choices.below(100);
        if (percent < 50 && !session.wasLost()) {
            revoke(node, session::equals, true, () -> sessions.revokeAsync(ticket.token()));
        } else if (percent < 65 || session.wasLost()) {
            revoke(node, session::equals, false, () -> sessions.revokeByIdAsync(session.id()));
        } else if (percent < 75) {
            revoke(node, of(session.principal()), false, () -> sessions.revokeAllAsync(session.principal()));
        } else if (percent == 75) {
            revoke(node, any -> true, false, sessions::revokeEverythingAsync);
        } else {
            rotate(node, ticket);
        }
    }

    private static Predicate<KnownSession> of(String principal) {
        return session -> session.principal().equals(principal);
    }

    private interface Call {
        CompletionStage<RevocationOutcome> begin();
    }

    private void revoke(SimulatedNode node, Predicate<KnownSession> means, boolean byToken, Call call) {
        List<Ticket<SessionToken>> tickets = visitors.live().stream()
                .filter(ticket -> means.test(ticket.session()))
                .toList();
        List<KnownSession> sessions =
                tickets.stream().map(Ticket::session).distinct().toList();
        End end = register.ending(sessions, means);
        simulation.in(LATEST, null, () -> register.isOver(end));
        Pending begun = begin(
                node,
                "the end of " + sessions.stream().map(KnownSession::id).toList(),
                visitors.live().size());
        try {
            var unused = call.begin().whenComplete((outcome, failure) -> {
                pending.remove(begun);
                judgeTime(begun);
                if (failure == null && !(byToken && sessions.stream().anyMatch(KnownSession::wasLost))) {
                    returned(begun, end, tickets);
                } else if (failure == null) {
                    counts.unconfirmed++;
                } else {
                    counts.unconfirmed++;
                    simulation.say(() -> "could not confirm " + begun.what + ": " + failure.getMessage());
                }
            });
        } catch (OutOfMemoryError e) {
            pending.remove(begun);
        }
    }

    private Pending begin(SimulatedNode node, String what, int sessions) {
        long now = simulation.nanos();
        Pending begun = new Pending(
                node,
                node.process(),
                what,
                sessions,
                now,
                node.process().stolenNanos(now),
                refused(),
                world.storeHarms().losses());
        pending.add(begun);
        simulation.say(() -> "begins " + what);
        return begun;
    }

    private long refused() {
        return world.faults().coverage().of(FaultKind.REFUSED);
    }

    /**
     * By the formula of docs/internals/logout.md, for what is announced and ended in parts. The
     * time for which the process was held is its own affair, and a group that the store refuses is
     * halved again and again.
     */
    private void judgeTime(Pending call) {
        Plan plan = world.plan();
        long store = plan.storeTimeout().toNanos();
        long parts = 1 + call.sessions / plan.limits().ended();
        long lease = plan.longestLease().toNanos() * 5 / 4;
        long bound = (long) ((4 * store + 2 * parts * store + lease + SECOND) / Plan.SLOWEST) + SCHEDULING;
        long took = simulation.nanos() - call.begun - stolenFrom(call);
        if (took > bound && refused() == call.refused) {
            register.add(
                    Violation.Kind.SLOW_REVOCATION,
                    call.node.name() + " took " + took / SECOND + " s of " + bound / SECOND + " for " + call.what);
        }
    }

    private void returned(Pending begun, End end, List<Ticket<SessionToken>> tickets) {
        if (mayBeLost(begun)) {
            counts.unconfirmed++;
            return;
        }
        register.ended(end);
        counts.revocations++;
        simulation.mark(4);
        simulation.say(() -> "has told " + begun.what);
        tickets.forEach(visitors::hasEnded);
        presentEverywhere(tickets);
    }

    /**
     * A process that stood still between the moment in which a logout was true and the one in which
     * its caller was told, while the store lost it: neither can know.
     */
    private boolean mayBeLost(Pending call) {
        return world.storeHarms().losses() != call.losses && stolenFrom(call) > 0;
    }

    private long stolenFrom(Pending call) {
        return call.process.stolenNanos(simulation.nanos()) - call.stolen;
    }

    private void presentEverywhere(List<Ticket<SessionToken>> tickets) {
        for (SimulatedNode node : world.nodes()) {
            for (Ticket<SessionToken> ticket : tickets) {
                node.request(() -> visitors.validate(node, ticket));
            }
        }
    }

    private void rotate(SimulatedNode node, Ticket<SessionToken> ticket) {
        register.rotating(ticket);
        Pending begun = begin(node, "the rotation of " + ticket.session().id(), 1);
        try {
            Optional<IssuedToken> rotated = node.manager().rotate(ticket.token());
            if (rotated.isPresent() && !mayBeLost(begun) && !ticket.session().wasLost()) {
                register.rotated(ticket);
                counts.rotations++;
                simulation.mark(5);
                visitors.keep(new Ticket<>(ticket.session(), rotated.get().token()));
                visitors.hasEnded(ticket);
                presentEverywhere(List.of(ticket));
            }
        } catch (LockstepException | OutOfMemoryError e) {
            counts.unconfirmed++;
        } finally {
            pending.remove(begun);
        }
    }

    /** All calls must have ended by now, but for those of processes that were killed. */
    void demandEnd() {
        pending.stream()
                .filter(call -> !call.process.isDead())
                .forEach(call ->
                        register.add(Violation.Kind.ENDLESS_CALL, call.node.name() + " has not ended " + call.what));
    }
}

package dev.lockstep.sim.world;

import dev.lockstep.IssuedToken;
import dev.lockstep.LockstepException;
import dev.lockstep.RevocationOutcome;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.sim.check.EndCall;
import dev.lockstep.sim.check.KnownSession;
import dev.lockstep.sim.check.Register;
import dev.lockstep.sim.check.Register.End;
import dev.lockstep.sim.check.Ticket;
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

    private final World world;
    private final Simulation simulation;
    private final Register register;
    private final Visitors visitors;
    private final Choices choices;
    private final Counts counts;
    private final List<Pending> pending = new ArrayList<>();

    /** A call that has not ended. */
    private record Pending(EndCall call, SimulatedProcess process, int sessions, long refused) {}

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
        if (percent < 50 && !session.hasUnknownToken()) {
            revoke(node, session::equals, true, () -> sessions.revokeAsync(ticket.token()));
        } else if (percent < 65 || session.hasUnknownToken()) {
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
        List<Ticket<SessionToken>> tickets = visitors.presented()
                .filter(ticket -> means.test(ticket.session()))
                .toList();
        List<KnownSession> sessions =
                tickets.stream().map(Ticket::session).distinct().toList();
        End end = register.ending(sessions, means);
        simulation.in(LATEST, null, () -> register.isOver(end));
        Pending begun = begin(
                node,
                "the end of " + sessions.stream().map(KnownSession::id).toList(),
                visitors.known().size());
        try {
            var unused = call.begin().whenComplete((outcome, failure) -> {
                pending.remove(begun);
                judgeTime(begun);
                if (failure == null && !(byToken && sessions.stream().anyMatch(KnownSession::hasUnknownToken))) {
                    returned(begun, end, tickets);
                } else if (failure == null) {
                    counts.unconfirmed++;
                } else {
                    counts.unconfirmed++;
                    simulation.say(() -> "could not confirm " + begun.call.what() + ": " + failure.getMessage());
                }
            });
        } catch (OutOfMemoryError e) {
            pending.remove(begun);
        }
    }

    /** When the first was begun of those that may end still, in nanoseconds before now. */
    long sinceFirst() {
        return pending.stream()
                .filter(call -> !call.process.isDead())
                .mapToLong(call -> now() - call.call.begun())
                .findFirst()
                .orElse(0);
    }

    private Pending begin(SimulatedNode node, String what, int sessions) {
        long now = simulation.nanos();
        EndCall call = new EndCall(
                node.name(),
                what,
                now,
                node.process().stolenNanos(now),
                world.storeHarms().losses());
        Pending begun = new Pending(call, node.process(), sessions, refused());
        pending.add(begun);
        simulation.say(() -> "begins " + what);
        return begun;
    }

    private long refused() {
        return world.faults().coverage().of(FaultKind.REFUSED);
    }

    /** A group that the store refuses is halved again and again. */
    private void judgeTime(Pending ended) {
        Plan plan = world.plan();
        long bound = EndCall.bound(
                plan.storeTimeout().toNanos(),
                plan.longestLease().toNanos(),
                1 + ended.sessions / plan.limits().ended(),
                Plan.SLOWEST);
        register.took(ended.call, ended.call.took(now(), stolen(ended)), bound, refused() != ended.refused);
    }

    private void returned(Pending begun, End end, List<Ticket<SessionToken>> tickets) {
        if (mayBeLost(begun)) {
            counts.unconfirmed++;
            return;
        }
        register.ended(end);
        world.storeHarms().hasReturned();
        counts.revocations++;
        simulation.mark(4);
        simulation.say(() -> "has told " + begun.call.what());
        tickets.forEach(visitors::hasEnded);
        presentEverywhere(tickets);
    }

    private boolean mayBeLost(Pending ended) {
        StoreHarms store = world.storeHarms();
        long free = ended.process.freeNanos(now());
        return ended.call.mayBeLost(store.losses(), store.sinceLoss(), stolen(ended), free);
    }

    private long stolen(Pending ended) {
        return ended.process.stolenNanos(now());
    }

    private long now() {
        return simulation.nanos();
    }

    private void presentEverywhere(List<Ticket<SessionToken>> tickets) {
        for (SimulatedNode node : world.nodes()) {
            for (Ticket<SessionToken> ticket : tickets) {
                node.insist(() -> visitors.validate(node, ticket));
                node.former().ifPresent(former -> node.insist(() -> visitors.validateAt(former, node, ticket)));
            }
        }
    }

    private void rotate(SimulatedNode node, Ticket<SessionToken> ticket) {
        register.rotating(ticket);
        Register.Opening opening = register.opening();
        Pending begun = begin(node, "the rotation of " + ticket.session().id(), 1);
        try {
            SessionManager sessions = node.manager();
            Optional<IssuedToken> rotated = visitors.use(ticket, () -> sessions.rotate(ticket.token()));
            if (rotated.isPresent() && !mayBeLost(begun) && !ticket.session().hasUnknownToken()) {
                register.rotated(ticket);
                register.opened(opening, ticket.session());
                counts.rotations++;
                simulation.mark(5);
                visitors.keep(new Ticket<>(ticket.session(), rotated.get().token()));
                visitors.hasEnded(ticket);
                presentEverywhere(List.of(ticket));
            }
        } catch (LockstepException | OutOfMemoryError e) {
            counts.unconfirmed++;
        } finally {
            register.isOver(opening);
            pending.remove(begun);
        }
    }

    /** All calls must have ended by now, but for those of processes that were killed. */
    void demandEnd() {
        pending.stream().filter(call -> !call.process.isDead()).forEach(call -> register.hasNotEnded(call.call));
    }
}

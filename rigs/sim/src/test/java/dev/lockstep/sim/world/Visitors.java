package dev.lockstep.sim.world;

import dev.lockstep.IssuedToken;
import dev.lockstep.LockstepException;
import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import dev.lockstep.sim.check.KnownSession;
import dev.lockstep.sim.check.Register;
import dev.lockstep.sim.check.Ticket;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whoever uses the nodes: opens sessions, presents tokens, and has sessions ended. */
final class Visitors {

    private static final List<Set<String>> GROUPS = List.of(Set.of(), Set.of("user"), Set.of("user", "admin"));
    private static final int PRINCIPALS = 12;
    private static final int MOST_LIVE = 60;
    private static final int MOST_ENDED = 200;
    private static final long MILLI = 1_000_000;
    private static final int LONGEST_VISIT = 100;
    /** Where each validation asks something outside of the JVM. */
    private static final int SHORT_VISIT = 5;

    private final World world;
    private final Simulation simulation;
    private final Choices choices;
    private final Register register;
    private final Counts counts;
    private final List<Ticket<SessionToken>> live = new ArrayList<>();
    private final List<Ticket<SessionToken>> ended = new ArrayList<>();
    private final LogoutCalls logouts;
    private boolean over;

    Visitors(World world, Choices choices) {
        this.world = world;
        this.simulation = world.simulation();
        this.choices = choices;
        this.register = world.register();
        this.counts = world.counts();
        this.logouts = new LogoutCalls(world, this, choices.split());
    }

    void begin() {
        simulation.in(0, null, this::open);
        simulation.in(0, null, this::visit);
        simulation.in(0, null, this::end);
    }

    /** They go home. */
    void leave() {
        over = true;
    }

    LogoutCalls logouts() {
        return logouts;
    }

    private void open() {
        if (!over) {
            simulation.in(choices.upTo(40 * MILLI), null, this::open);
            SimulatedNode node = world.anyNode();
            if (live.size() < MOST_LIVE) {
                node.request(() -> open(node));
            }
        }
    }

    private void open(SimulatedNode node) {
        String principal = "user" + choices.below(PRINCIPALS);
        Register.Opening opening = register.opening();
        try {
            IssuedToken issued = node.manager().open(principal, choices.oneOf(GROUPS));
            counts.opened++;
            Session session = issued.session();
            KnownSession known = new KnownSession(session.id(), session.principal(), session.groups());
            register.opened(opening, known);
            keep(new Ticket<>(known, issued.token()));
        } catch (LockstepException e) {
            simulation.mark(7);
        } finally {
            register.isOver(opening);
        }
    }

    void keep(Ticket<SessionToken> ticket) {
        live.add(ticket);
    }

    List<Ticket<SessionToken>> live() {
        return live;
    }

    /** All that are still presented. */
    List<KnownSession> known() {
        return Stream.concat(live.stream(), ended.stream())
                .map(Ticket::session)
                .distinct()
                .toList();
    }

    void hasEnded(Ticket<SessionToken> ticket) {
        if (live.remove(ticket)) {
            ended.add(ticket);
            if (ended.size() > MOST_ENDED) {
                ended.remove(0);
            }
        }
    }

    private void end() {
        if (!over) {
            simulation.in(choices.upTo(80 * MILLI), null, this::end);
            SimulatedNode node = world.anyNode();
            if (!live.isEmpty()) {
                Ticket<SessionToken> ticket = choices.oneOf(live);
                node.request(() -> logouts.end(node, ticket));
            }
        }
    }

    private void visit() {
        if (!over) {
            simulation.in(choices.upTo(20 * MILLI), null, this::visit);
            SimulatedNode node = world.anyNode();
            node.request(() -> visits(node));
        }
    }

    private void visits(SimulatedNode node) {
        int number = choices.between(1, node.plan().copies() == 0 ? SHORT_VISIT : LONGEST_VISIT);
        for (int i = 0; i < number; i++) {
            List<Ticket<SessionToken>> of = choices.percent(85) || ended.isEmpty() ? live : ended;
            if (!of.isEmpty()) {
                validate(node, choices.oneOf(of));
            }
        }
    }

    /** Presents a token, and has judged what comes of it. */
    void validate(SimulatedNode node, Ticket<SessionToken> ticket) {
        long begun = register.now();
        long steps = simulation.steps();
        counts.validations++;
        try {
            Optional<Session> found = node.manager().find(ticket.token());
            simulation.mark(found.isPresent() ? 1 : 2);
            if (found.isPresent()) {
                counts.accepted++;
                counts.hits += steps == simulation.steps() ? 1 : 0;
                Session session = found.get();
                register.accepted(
                        ticket,
                        begun,
                        new Register.Found(session.id(), session.principal(), session.groups()),
                        node.name());
            } else {
                register.refused(ticket, node.name());
            }
        } catch (LockstepException e) {
            simulation.mark(3);
            boolean excused = world.trouble().isThere() || node.trouble().isThere();
            register.failed(ticket, excused, node.name(), e);
        }
    }
}

package dev.lockstep.sim.world;

import dev.lockstep.IssuedToken;
import dev.lockstep.LockstepException;
import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.sim.check.KnownSession;
import dev.lockstep.sim.check.Lifetime;
import dev.lockstep.sim.check.Register;
import dev.lockstep.sim.check.Ticket;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whoever uses the nodes: opens sessions, presents tokens, and has sessions ended. */
final class Visitors {

    private static final List<Set<String>> GROUPS = List.of(Set.of(), Set.of("user"), Set.of("user", "admin"));
    private static final int PRINCIPALS = 12;
    private static final int MOST_LIVE = 60;
    private static final int MOST_ENDED = 200;
    private static final long MILLI = 1_000_000;
    private static final int LONGEST_VISIT = 100;
    /** Whose tokens come again and again during a visit: hits cost no change of threads. */
    private static final int MOST_AT_ONCE = 16;

    /** How many times as long everything takes in a long world. */
    private static final long SLOW = 10;

    /** A node may believe its clock beside the last poll's for a lease. */
    private static final long LATE = 50;
    /** A call of the store may be held up, and done when nobody waits for it any more. */
    private static final long RECORDED_LATE = 60_000;

    private static final double ENDED = 10;
    private static final double IMPATIENT = 25;
    private static final double AGAIN = 15;
    /** Where each validation asks something outside of the JVM. */
    private static final int SHORT_VISIT = 5;

    private final World world;
    private final Simulation simulation;
    private final Choices choices;
    private final Register register;
    private final Counts counts;
    private final List<Ticket<SessionToken>> live = new ArrayList<>();
    private final List<Ticket<SessionToken>> ended = new ArrayList<>();
    /** Presented, and not answered yet. */
    private final List<Ticket<SessionToken>> waiting = new ArrayList<>();

    private final LogoutCalls logouts;
    private final long late;
    private final long pace;
    private boolean over;

    Visitors(World world, Choices choices) {
        this.world = world;
        this.simulation = world.simulation();
        this.choices = choices;
        this.register = world.register();
        this.counts = world.counts();
        Plan plan = world.plan();
        this.late = LATE + plan.longestLease().toMillis() * 5 / 4;
        this.pace = plan.isLong() ? SLOW * MILLI : MILLI;
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
            simulation.in(choices.upTo(40 * pace), null, this::open);
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
            KnownSession known =
                    new KnownSession(session.id(), session.principal(), session.groups(), lifetimeOf(session));
            register.opened(opening, known);
            keep(new Ticket<>(known, issued.token()));
        } catch (LockstepException e) {
            simulation.mark(7);
        } finally {
            register.isOver(opening);
        }
    }

    /** Where sessions live for hours, only a clock that jumps ends them. */
    private Lifetime lifetimeOf(Session session) {
        return world.plan().lives().areShort()
                ? new Lifetime(session.createdAtMillis(), session.expiresAtMillis(), session.idleTimeoutMillis())
                : Lifetime.endless();
    }

    void keep(Ticket<SessionToken> ticket) {
        live.add(ticket);
    }

    /** All that are still presented, those first that may be live. */
    Stream<Ticket<SessionToken>> presented() {
        return Stream.concat(live.stream(), ended.stream());
    }

    /** Those whose tokens they are. */
    List<KnownSession> known() {
        return presented().map(Ticket::session).distinct().toList();
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
            simulation.in(choices.upTo(80 * (world.plan().lives().areShort() ? SLOW : 1) * pace), null, this::end);
            SimulatedNode node = world.anyNode();
            if (!live.isEmpty()) {
                Ticket<SessionToken> ticket = anyOrImpatient();
                node.request(() -> logouts.end(node, ticket));
            }
        }
    }

    /** Somebody ends this session, unless it has ended. */
    void end(KnownSession session) {
        SimulatedNode node = world.anyNode();
        live.stream()
                .filter(ticket -> ticket.session().equals(session))
                .findFirst()
                .ifPresent(ticket -> node.request(() -> logouts.end(node, ticket)));
    }

    /** Some log out because their last request hangs, and some once more. */
    private Ticket<SessionToken> anyOrImpatient() {
        boolean impatient = !waiting.isEmpty() && choices.percent(IMPATIENT);
        boolean again = !ended.isEmpty() && choices.percent(AGAIN);
        Ticket<SessionToken> ticket = choices.oneOf(impatient ? waiting : again ? ended : live);
        return live.contains(ticket) || !ticket.mayBeRotated() ? ticket : choices.oneOf(live);
    }

    private void visit() {
        if (!over) {
            simulation.in(choices.upTo((world.plan().quiet() ? SLOW : 1) * 20 * pace), null, this::visit);
            SimulatedNode node = world.anyNode();
            node.request(() -> visits(node));
        }
    }

    private void visits(SimulatedNode node) {
        Optional<SessionManager> former = node.former();
        if (former.isPresent() && choices.percent(IMPATIENT) && !live.isEmpty()) {
            validateAt(former.get(), node, choices.oneOf(live));
        }
        List<Ticket<SessionToken>> those = some();
        int number = choices.between(1, node.plan().copies() == 0 ? SHORT_VISIT : LONGEST_VISIT);
        for (int i = 0; i < number; i++) {
            List<Ticket<SessionToken>> of = ended.isEmpty() || !choices.percent(ENDED) ? those : ended;
            if (!of.isEmpty()) {
                validate(node, choices.oneOf(of));
            }
        }
    }

    private List<Ticket<SessionToken>> some() {
        List<Ticket<SessionToken>> those = new ArrayList<>();
        for (int i = live.isEmpty() ? 0 : choices.between(1, MOST_AT_ONCE); i > 0; i--) {
            those.add(choices.oneOf(live));
        }
        return those;
    }

    /** Presents a token, and has judged what comes of it. */
    void validate(SimulatedNode node, Ticket<SessionToken> ticket) {
        waiting.add(ticket);
        try {
            present(node.manager(), node, ticket);
        } catch (LockstepException e) {
            simulation.mark(3);
            boolean excused = world.trouble().isThere() || node.trouble().isThere();
            register.failed(ticket, excused, node.name(), e);
        } finally {
            waiting.remove(ticket);
        }
    }

    /** The same at a deployment that is closed: it need not answer. */
    void validateAt(SessionManager closed, SimulatedNode node, Ticket<SessionToken> ticket) {
        try {
            present(closed, node, ticket);
        } catch (LockstepException e) {
            simulation.mark(9);
        }
    }

    private void present(SessionManager sessions, SimulatedNode node, Ticket<SessionToken> ticket) {
        long begun = register.now();
        long steps = simulation.steps();
        counts.validations++;
        Lifetime lifetime = ticket.session().lifetime();
        long millis = world.storeMillis();
        boolean outlived = lifetime.isOver(millis, late, RECORDED_LATE);
        Optional<Session> found = use(ticket, () -> sessions.find(ticket.token()));
        simulation.mark(found.isPresent() ? 1 : 2);
        if (found.isPresent() && outlived) {
            register.outlived(ticket, millis, node.name());
        }
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
            if (!lifetime.mayBeOver(world.storeMillis())) {
                register.refused(ticket, node.name());
            }
            hasEnded(ticket);
        }
    }

    /** Does something that may prolong a session. */
    <T> T use(Ticket<?> ticket, Supplier<T> work) {
        Lifetime lifetime = ticket.session().lifetime();
        lifetime.useBegins();
        try {
            return work.get();
        } finally {
            lifetime.useEnds(world.storeMillis());
        }
    }
}

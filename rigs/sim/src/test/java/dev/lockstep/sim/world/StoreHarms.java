package dev.lockstep.sim.world;

import dev.lockstep.sim.check.KnownSession;
import dev.lockstep.sim.engine.Choices;
import dev.lockstep.sim.engine.Simulation;
import dev.lockstep.sim.fault.FaultKind;
import dev.lockstep.sim.fault.FaultPlan;
import dev.lockstep.sim.store.Fate;
import dev.lockstep.sim.store.SimulatedServer;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.LogPosition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What befalls the database, and what operators do to it and to nodes. */
final class StoreHarms {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final long OFTEN = 5 * SECOND;
    private static final long LONGEST_OUTAGE = 10 * SECOND;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration KEPT = Duration.ofDays(2);
    private static final long LONG = Duration.ofHours(2).toMillis();
    private static final long SHORT = 5_000;
    private static final String LOST = "lost";
    private static final String RETURNED = "returned";
    private static final double AT_RETURN = 0.5;
    /** Copies are all that is left of it then, until they are asked about. */
    private static final double LOGGED_OUT = 70;

    private static final int REMEMBERED = 600;
    private static final List<FaultKind> KINDS = List.of(FaultKind.values()).stream()
            .filter(harm -> harm.where() == FaultKind.Where.STORE)
            .toList();

    private final World world;
    private final Simulation simulation;
    private final SimulatedServer server;
    private final Visitors visitors;
    private final FaultPlan faults;
    private final Choices choices;
    private final Deque<Past> past = new ArrayDeque<>();
    private boolean outage;
    private int losses;
    private long lastLoss;

    /** How things were at a moment. */
    private record Past(long nanos, long place, LogPosition head) {}

    StoreHarms(World world, SimulatedServer server, Visitors visitors) {
        this.world = world;
        this.simulation = world.simulation();
        this.server = server;
        this.visitors = visitors;
        this.faults = world.faults();
        this.choices = faults.choices().split();
    }

    /** The application has had its key for a year. */
    void makeOldKey() {
        server.replaceKey(KEPT, Former.STAYS);
        server.ageKey(YEAR);
    }

    void begin() {
        remember();
        simulation.in(choices.upTo(OFTEN), null, this::next);
    }

    /** After a loss, logouts must begin anew before anything can happen to them. */
    private boolean isRecovering() {
        return losses > 0 && sinceLoss() < world.plan().longestLease().toNanos();
    }

    /** How often the store has lost something. */
    int losses() {
        return losses;
    }

    /** For how long it is open since. */
    long sinceLoss() {
        return simulation.nanos() - lastLoss;
    }

    private void remember() {
        past.addLast(new Past(simulation.nanos(), server.place(), server.head()));
        if (past.size() > REMEMBERED) {
            past.removeFirst();
        }
        simulation.in(200 * MILLI, null, this::remember);
    }

    private Past ago(long nanos) {
        Past found = past.getFirst();
        for (Past each : past) {
            if (each.nanos <= simulation.nanos() - nanos) {
                found = each;
            }
        }
        return found;
    }

    private void next() {
        simulation.in(choices.upTo(OFTEN), null, this::next);
        FaultKind favourite = faults.favourite();
        FaultKind harm = KINDS.contains(favourite) && choices.percent(50) ? favourite : choices.oneOf(KINDS);
        if (!outage && !isRecovering() && faults.strikes(harm, server.underWay().spellings())) {
            simulation.say(() -> harm.spelling());
            strike(harm);
        }
    }

    private void strike(FaultKind harm) {
        switch (harm) {
            case STORE_CRASH -> crash(server::start, choices.spread(MILLI, LONGEST_OUTAGE));
            case STORE_STOP -> stop(choices.spread(MILLI, LONGEST_OUTAGE));
            case STORE_FAILOVER -> crash(() -> server.goOnFrom(server.place()), choices.spread(MILLI, LONGEST_OUTAGE));
            case STANDBY_BEHIND -> lose(5 * SECOND);
            case STORE_RESTORE -> lose(60 * SECOND);
            case STORE_CLOCK -> setClock();
            case NEW_EPOCH -> server.startEpoch();
            case CUT_OFF -> cutOff();
            case FALSE_FENCE -> server.fenceAll();
            case EARLY_TRIM -> trimEarly();
            case DELETED_BY_HAND -> deleteByHand();
            case KEY_CHANGE -> server.replaceKey(KEPT, Former.STAYS);
            case KEY_LEAK -> server.replaceKey(KEPT, Former.LEAKED);
            case WALL_CLOCK -> setWallClock();
            case REDEPLOYMENT -> world.anyNode().redeploy();
            default -> throw new IllegalArgumentException(harm.name());
        }
    }

    /**
     * Often just what nobody has been told of yet, while logouts wait for a node that hears
     * nothing.
     */
    private void lose(long most) {
        Optional<SimulatedNode> longest =
                world.nodes().stream().filter(SimulatedNode::isServing).max(Comparator.comparing(SimulatedNode::lease));
        if (choices.percent(40) || longest.isEmpty()) {
            loseBack(choices.spread(MILLI, most));
        } else if (choices.percent(75) && faults.strikesBeside(FaultKind.CUT_OFF, LOST)) {
            long lease = longest.get().lease().toNanos();
            longest.get().cutOff(2 * lease, Fate.Kind.BROKEN_BEFORE, true);
            simulation.in(choices.upTo(lease), null, () -> loseSinceFirst(most));
        } else {
            loseSinceFirst(most);
        }
    }

    private void loseSinceFirst(long most) {
        loseBack(Math.min(most, visitors.logouts().sinceFirst()));
    }

    private void loseBack(long nanos) {
        if (!outage) {
            lose(ago(nanos));
        }
    }

    private void crash(Runnable restart, long duration) {
        outage = true;
        world.trouble().until(duration);
        server.crash();
        simulation.in(duration, null, () -> {
            restart.run();
            outage = false;
        });
    }

    /** What has just been promised is what must not be lost. */
    void hasReturned() {
        if (!outage && faults.strikes(FaultKind.STORE_CRASH, RETURNED, AT_RETURN)) {
            simulation.say(() -> "store-crash behind a return");
            crash(server::start, choices.spread(MILLI, SECOND));
        }
    }

    private void cutOff() {
        Fate.Kind how = choices.percent(50) ? Fate.Kind.REQUEST_LOST : Fate.Kind.BROKEN_BEFORE;
        SimulatedNode node = choices.percent(50) ? world.nodes().get(0) : world.anyNode();
        long lease = node.lease().toNanos();
        node.cutOff(choices.between(lease / 2, 2 * lease), how, choices.percent(50));
    }

    private void stop(long duration) {
        outage = true;
        world.trouble().until(duration);
        server.stop(true);
        simulation.in(duration, null, () -> {
            server.stop(false);
            outage = false;
        });
    }

    /**
     * The database goes on from an earlier place, and is closed for twice the longest lease before
     * that, as operators are told. What came after the place is judged no longer.
     */
    private void lose(Past then) {
        long closed = 2 * world.plan().longestLease().toNanos() + SECOND / 2 + choices.upTo(SECOND);
        crash(
                () -> {
                    Map<String, Object> before = server.sessions();
                    server.goOnFrom(then.place);
                    Map<String, Object> after = server.sessions();
                    List<KnownSession> lost = visitors.known().stream()
                            .filter(session -> !Objects.equals(before.get(session.id()), after.get(session.id())))
                            .toList();
                    world.register().forgiven(lost);
                    losses++;
                    lastLoss = simulation.nanos();
                },
                closed);
        suspendBeside(closed);
        cutOffBeside(closed);
    }

    /** Who stands still meanwhile goes on waiting by a clock that stood still. */
    private void suspendBeside(long closed) {
        for (SimulatedNode node : world.nodes()) {
            if (choices.percent(75) && faults.strikesBeside(FaultKind.MACHINE_SUSPENDED, LOST)) {
                node.suspend(choices.percent(50) ? closed + choices.upTo(SECOND) : choices.between(closed / 4, closed));
            }
        }
    }

    /** Whoever finds no way to the store when it is open again does not hear what it has lost. */
    private void cutOffBeside(long closed) {
        for (SimulatedNode node : world.nodes()) {
            if (choices.percent(50) && faults.strikesBeside(FaultKind.CUT_OFF, LOST)) {
                node.cutOff(closed + choices.upTo(closed), Fate.Kind.BROKEN_BEFORE, choices.percent(50));
            }
        }
    }

    private void setClock() {
        boolean far = choices.percent(30);
        long millis = far ? LONG : choices.upTo(SHORT);
        server.jump(Duration.ofMillis(choices.percent(50) ? millis : -millis));
        if (far) {
            world.register().mayEnd(visitors.known());
        }
    }

    private void setWallClock() {
        long millis = choices.percent(50) ? LONG : choices.upTo(SHORT);
        world.anyNode().clock().jump(choices.percent(50) ? millis : -millis);
    }

    /** As early as the protocol allows: every lease from before is over. */
    private void trimEarly() {
        long over = world.plan().longestLease().toNanos() * 5 / 4;
        Past then = ago(over);
        if (then.nanos <= simulation.nanos() - over) {
            server.trim(then.head);
        }
    }

    private void deleteByHand() {
        List<KnownSession> known = visitors.known();
        if (!known.isEmpty()) {
            KnownSession session = choices.oneOf(known);
            world.register().mayEnd(List.of(session));
            server.delete(session.id());
            if (choices.percent(LOGGED_OUT)) {
                simulation.in(choices.upTo(SECOND), null, () -> visitors.end(session));
            }
        }
    }
}

package dev.lockstep.chaos.agent;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What reveals that a rule is broken: which faults, which delays, and what clients do most. A
 * broken rule that is found only by luck shows nothing. Immutable.
 *
 * @param faults the kinds of faults, and no others
 * @param node the node that they strike, or {@link #ANY_NODE}
 * @param choices what a fault does or leaves out every time, rather than by chance
 * @param delays points at which more passes wait, and for longer
 * @param favourite what clients do most, or {@link #NOTHING} in particular
 * @param longestLease that of the last node; the others have {@link #USUAL_LEASE}
 */
public record Aim(
        Predicate<String> faults,
        int node,
        Map<Choice, Boolean> choices,
        Map<DelayPoint, Delay> delays,
        String favourite,
        Duration longestLease) {

    public static final int ANY_NODE = -1;
    public static final Duration USUAL_LEASE = Duration.ofSeconds(2);
    public static final String NOTHING = "";

    /** At nothing in particular: all faults. */
    public static final Aim NONE =
            new Aim(kind -> true, ANY_NODE, Map.of(), Map.of(), NOTHING, USUAL_LEASE.multipliedBy(2));

    /** No fault is needed. */
    static final Aim ALWAYS = at();

    public Aim {
        choices = Map.copyOf(choices);
        delays = Map.copyOf(delays);
    }

    /**
     * @param percent how many of a hundred passes wait
     * @param millis for how long at most
     */
    public record Delay(int percent, int millis) {}

    /** What faults do, or not, by chance. */
    public enum Choice {
        /** A restore loses little: the positions of it are soon given out again. */
        SOON,
        /** A restore finds logouts on their way between their commit and what follows it. */
        LOGOUTS_HELD,
        /** Such logouts go on without a reading of the node rows. */
        BLIND,
        /** If it finds none, a node sleeps through the restore. */
        ASLEEP
    }

    static Aim at(String... faults) {
        return NONE.with(Set.of(faults));
    }

    /** The same with these kinds of faults, and no others. */
    public Aim with(Set<String> kinds) {
        return new Aim(kinds::contains, node, choices, delays, favourite, longestLease);
    }

    Aim ofNode(int number) {
        return new Aim(faults, number, choices, delays, favourite, longestLease);
    }

    Aim choosing(Choice choice, boolean happens) {
        Map<Choice, Boolean> more = new EnumMap<>(Choice.class);
        more.putAll(choices);
        more.put(choice, happens);
        return new Aim(faults, node, more, delays, favourite, longestLease);
    }

    Aim delaying(DelayPoint point, int percent, int millis) {
        Map<DelayPoint, Delay> more = new EnumMap<>(DelayPoint.class);
        more.putAll(delays);
        more.put(point, new Delay(percent, millis));
        return new Aim(faults, node, choices, more, favourite, longestLease);
    }

    /** @param script as the clients' scripts are called */
    Aim doing(String script) {
        return new Aim(faults, node, choices, delays, script, longestLease);
    }

    Aim leasing(Duration lease) {
        return new Aim(faults, node, choices, delays, favourite, lease);
    }
}

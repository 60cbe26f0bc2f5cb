package dev.lockstep.chaos.agent;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What reveals that a rule is broken: which faults, which delays, and what clients do most. A broken rule that is found
 * only by luck shows nothing. Immutable.
 *
 * @param faults the kinds of faults, and no others; empty for none
 * @param node the node that they strike, or {@link #ANY_NODE}
 * @param delays points at which more passes wait, and for longer
 * @param favourite what clients do most, or {@link #NOTHING} in particular
 */
public record Aim(Set<String> faults, int node, Map<DelayPoint, Delay> delays, String favourite) {

    public static final int ANY_NODE = -1;
    public static final String NOTHING = "";

    /** No fault is needed. */
    static final Aim ALWAYS = at();

    public Aim {
        faults = Set.copyOf(faults);
        delays = Map.copyOf(delays);
    }

    /**
     * @param percent how many of a hundred passes wait
     * @param millis for how long at most
     */
    public record Delay(int percent, int millis) {}

    static Aim at(String... faults) {
        return new Aim(Set.of(faults), ANY_NODE, Map.of(), NOTHING);
    }

    Aim ofNode(int number) {
        return new Aim(faults, number, delays, favourite);
    }

    Aim delaying(DelayPoint point, int percent, int millis) {
        Map<DelayPoint, Delay> more = new EnumMap<>(DelayPoint.class);
        more.putAll(delays);
        more.put(point, new Delay(percent, millis));
        return new Aim(faults, node, more, favourite);
    }

    /** @param script as the clients' scripts are called */
    Aim doing(String script) {
        return new Aim(faults, node, delays, script);
    }
}

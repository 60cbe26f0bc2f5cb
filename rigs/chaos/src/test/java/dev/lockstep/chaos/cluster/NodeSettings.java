package dev.lockstep.chaos.cluster;

import dev.lockstep.chaos.agent.Aim;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one node is configured: the defaults of the product, but for what makes nodes differ.
 *
 * @param number which node, from 0
 * @param lease its lease
 * @param factsMax how many revocations it remembers
 */
public record NodeSettings(int number, Duration lease, int factsMax) {

    /** The defaults; a node that forgets early; a node with a longer lease. */
    static NodeSettings of(int number, int nodes, Duration longestLease) {
        boolean forgets = number == 1;
        boolean patient = number == nodes - 1;
        return new NodeSettings(number, patient ? longestLease : Aim.USUAL_LEASE, forgets ? 40 : 100_000);
    }

    /**
     * Whether its cache is poisoned all the time, not only by faults: a node that forgets must be
     * tempted.
     */
    boolean isPoisoned() {
        return factsMax < 1_000;
    }

    Map<String, String> properties(String cache, String url, String user) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("lockstep.application", "chaos");
        properties.put("lockstep.cache", cache);
        properties.put("lockstep.store.url", url);
        properties.put("lockstep.store.user", user);
        if (!lease.equals(Aim.USUAL_LEASE)) {
            properties.put("lockstep.lease", lease.toMillis() + "ms");
            properties.put("lockstep.poll", "500ms");
        }
        if (factsMax != 100_000) {
            properties.put("lockstep.facts.max", Integer.toString(factsMax));
        }
        return properties;
    }
}

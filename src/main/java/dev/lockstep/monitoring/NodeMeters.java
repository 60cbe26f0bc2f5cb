package dev.lockstep.monitoring;

import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.List;

/**
 * Measures what a node does, from the start of its deployment. Its series are all there from the
 * beginning, so that whoever publishes them need not follow it, and rates begin at 0; and they are
 * bounded: a name that a user, a session or another node has is in none of them.
 *
 * <p>Thread-safe, without a lock. Nothing blocks, and only what publishes can fail.
 */
public final class NodeMeters {

    private final List<NodeListener> listeners;
    private final List<MeterSeries> series;

    /**
     * @param status where gauges are read; its node is the one that is measured
     * @param cache the name of the one that sessions are kept in; others are not measured
     * @param leases whether the node may hold a lease
     * @param logoutGoal how soon a logout is to be true on every node
     */
    public NodeMeters(NodeStatus status, String cache, boolean leases, Duration logoutGoal) {
        SeriesList made = new SeriesList();
        listeners = List.of(
                new LookupMeters(made, cache),
                new RevocationMeters(made, logoutGoal),
                new SessionMeters(made),
                new StoreMeters(made, status));
        new StatusGauges(status, leases).addTo(made);
        series = made.all();
    }

    /** Who must be told what the node does. */
    public List<NodeListener> listeners() {
        return listeners;
    }

    /** All series, the same as long as this lives. */
    public List<MeterSeries> series() {
        return series;
    }
}

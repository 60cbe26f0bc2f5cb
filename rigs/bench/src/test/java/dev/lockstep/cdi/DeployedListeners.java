package dev.lockstep.cdi;

import dev.lockstep.monitoring.NodeMeters;
import dev.lockstep.monitoring.NodeStatus;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.List;

/** Who listens to a node. */
public final class DeployedListeners {

    private DeployedListeners() {}

    /** {@code none}, or {@code deployed}: what every deployment has. */
    public static NodeListener named(String name) {
        if (name.equals("none")) {
            return NodeListener.NONE;
        }
        NodeStatus status = new NodeStatus("bench", "node", "memory", NodeClock.SYSTEM);
        NodeMeters meters = new NodeMeters(status, "memory", true, Duration.ofMillis(500));
        return NodeListeners.of(List.of(status), meters.listeners());
    }
}

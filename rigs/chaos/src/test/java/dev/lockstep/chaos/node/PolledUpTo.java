package dev.lockstep.chaos.node;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How far this node's polls have come, as the product tells a bean of the application. Thread-safe.
 */
@ApplicationScoped
public class PolledUpTo implements NodeListener {

    private static volatile LogPosition place = new LogPosition(0, 0);

    @Override
    public void polled(LogPosition applied, long floor, int facts, Duration took) {
        place = applied;
    }

    static LogPosition place() {
        return place;
    }
}

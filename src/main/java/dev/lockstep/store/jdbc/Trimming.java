package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which log rows are old enough to be trimmed: those up to a position that this node itself has seen at least as
 * long ago, by its monotonic clock, as they must be kept.
 *
 * <p>The time stamps in the log would not do. They are taken before their transaction commits, which may be long before;
 * and the database's wall clock may jump. A row that was trimmed while a node could still hold a lease from before its
 * commit would let a repeated revocation return at once, since its digest is in neither session nor log.
 *
 * <p>So the first call only remembers where the log is, and a row is kept for one to two retentions. Thread-safe: two
 * calls at a time trim the same rows.
 */
final class Trimming {

    private final NodeClock clock;
    private final AtomicReference<@Nullable Mark> mark = new AtomicReference<>();

    Trimming(NodeClock clock) {
        this.clock = clock;
    }

    /** Trims a batch up to what was seen so long ago; returns the floor, or empty in another epoch. */
    @FunctionalInterface
    interface Batch {
        OptionalLong trim(LogPosition seen, Duration age);
    }

    /** Trims what is older than the retention, if anything is. */
    void trim(Duration retention, Supplier<LogPosition> head, Batch batch) {
        Mark seen = mark.get();
        if (seen == null) {
            remember(head);
            return;
        }
        Duration age = Duration.ofNanos(clock.nanoTime() - seen.nanos());
        if (age.compareTo(retention) >= 0 && finished(seen, age, batch)) {
            remember(head);
        }
    }

    /** Whether nothing is left to trim up to the mark. */
    private static boolean finished(Mark seen, Duration age, Batch batch) {
        long before = -1;
        OptionalLong floor = batch.trim(seen.head(), age);
        while (floor.isPresent() && floor.getAsLong() < seen.head().position()) {
            if (floor.getAsLong() == before) {
                return false;
            }
            before = floor.getAsLong();
            floor = batch.trim(seen.head(), age);
        }
        return true;
    }

    private void remember(Supplier<LogPosition> head) {
        LogPosition read = head.get();
        mark.set(new Mark(read, clock.nanoTime()));
    }

    private record Mark(LogPosition head, long nanos) {}
}

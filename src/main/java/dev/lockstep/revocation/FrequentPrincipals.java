package dev.lockstep.revocation;

import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The principals of whom rows were written so often of late that the next has to wait: a user who
 * logs out of everywhere again and again would otherwise have as many written as the node may at
 * all, and everybody's copies made void. It holds no more names than {@link Announcements} writes
 * rows within {@link #PERIOD}. Confined to one thread at a time.
 */
final class FrequentPrincipals {

    /** Within a period; more than somebody in doubt whether it worked asks for. */
    static final int MOST = 10;

    static final Duration PERIOD = Duration.ofMinutes(1);

    private final NodeClock clock;
    private final Map<RevocationTarget, Integer> rows = new HashMap<>();
    private long begun;

    FrequentPrincipals(NodeClock clock) {
        this.clock = clock;
        this.begun = clock.nanoTime();
    }

    /** Whether a target is such a principal. */
    boolean isOne(RevocationTarget target) {
        forget();
        return rows.getOrDefault(target, 0) >= MOST;
    }

    /** Each of these has got a row. */
    void written(List<RevocationTarget> targets) {
        targets.stream().filter(OfPrincipal.class::isInstance).forEach(each -> rows.merge(each, 1, Integer::sum));
    }

    private void forget() {
        if (clock.nanoTime() - begun >= PERIOD.toNanos()) {
            rows.clear();
            begun = clock.nanoTime();
        }
    }
}

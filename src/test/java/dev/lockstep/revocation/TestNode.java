package dev.lockstep.revocation;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.RevocationLog;
import java.time.Duration;

/** A node whose feed is moved by hand. */
final class TestNode {

    static final Duration LEASE = Duration.ofSeconds(2);

    final HandClock clock;
    final RecordedNodeEvents told = new RecordedNodeEvents();
    final RecordedListener listener = new RecordedListener();
    final CurrentFacts current;
    final Feed feed;

    TestNode(RevocationLog log, HandClock clock) {
        this(log, clock, FactsLimits.DEFAULT);
    }

    TestNode(RevocationLog log, HandClock clock, FactsLimits limits) {
        this.clock = clock;
        current = new CurrentFacts(clock, listener, told.listener());
        feed = new Feed(
                log, current, "node under test", LEASE, limits, clock, new SingleNodeSlot(null), told.listener());
    }

    TestNode started() {
        feed.tick();
        return this;
    }

    Verdict judge(SessionCopy copy) {
        return current.get().judge(copy);
    }

    String rowId() {
        return current.get().nodeId();
    }
}

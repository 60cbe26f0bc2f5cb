package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How other nodes are put to the test where there is to be one; the clock is moved by hand. */
class SingleNodeTest {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(8);

    private final NaiveStore store = new NaiveStore();
    private final FaultyLog log = new FaultyLog(store);
    private final HandClock clock = new HandClock();
    private final SingleNode single = new SingleNode(log, "own-1"::equals, clock);

    @Test
    void deadNodesAreFencedAndDeletedWhenTheLongestOfTheirLeasesIsOverForCertain() {
        store.register("short-1", "a dead node", SHORT);
        store.register("long-1", "another", LONG);
        long begun = clock.nanoTime();
        log.before = call -> {
            if (call.equals("nodes")) {
                assertThat(store.nodes().rows()).allMatch(NodeRow::fenced);
                clock.advance(Duration.ofSeconds(1));
            } else if (call.equals("remove")) {
                assertThat(Duration.ofNanos(clock.nanoTime() - begun))
                        .isGreaterThanOrEqualTo(ProtocolLimits.certainlyOver(LONG));
            }
        };

        assertThat(single.findAlive(store.nodes().rows())).isEmpty();

        assertThat(store.nodes().rows()).isEmpty();
    }

    @Test
    void aNodeThatRegistersAgainInTheLastMomentIsAlive() {
        store.register("other-1", "another node", SHORT);
        log.before = call -> {
            clock.advance(Duration.ofSeconds(1));
            if (call.equals("remove")) {
                store.register("other-2", "the same node", SHORT);
            }
        };

        assertThat(single.findAlive(store.nodes().rows())).map(NodeRow::id).contains("other-2");
    }

    @Test
    void aNodeLooksForItsFormerRowOnceItHasRegisteredAgain() {
        CurrentFacts current = new CurrentFacts(clock, new RecordedListener(), NodeListener.NONE);
        Feed feed = new Feed(
                log,
                current,
                "node under test",
                SHORT,
                FactsLimits.DEFAULT,
                clock,
                new SingleNodeSlot(new SingleNode(log, current::isOwn, clock)),
                NodeListener.NONE);
        feed.tick();
        store.fence(List.of(current.get().nodeId()));
        List<String> calls = new ArrayList<>();
        log.before = calls::add;

        feed.tick();

        assertThat(calls).startsWith("poll", "register", "nodes", "remove");
    }
}

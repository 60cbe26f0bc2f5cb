package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.contract.CapturedLog;
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
    private final CurrentFacts current = new CurrentFacts(clock, new RecordedListener(), NodeListener.NONE);
    private final Feed feed = new Feed(
            log,
            current,
            "node under test",
            SHORT,
            FactsLimits.DEFAULT,
            clock,
            new SingleNodeSlot(new SingleNode(log, current::isOwn, clock)),
            NodeListener.NONE);

    /** Its own row, which is not among them, says nothing of them. */
    @Test
    void deadNodesAreFencedAndDeletedWhenTheLongestOfTheirLeasesIsOverForCertain() {
        store.register("short-1", "a dead node", SHORT);
        store.register("long-1", "another", LONG);
        store.register("own-1", "this node", SHORT);
        List<NodeRow> others = single.others();
        assertThat(others).extracting(NodeRow::id).containsExactly("long-1", "short-1");
        long begun = clock.nanoTime();
        log.before = call -> {
            if (call.equals("nodes")) {
                assertThat(store.nodes().rows())
                        .allMatch(row -> row.fenced() != row.id().equals("own-1"));
                clock.advance(Duration.ofSeconds(1));
            } else if (call.equals("remove")) {
                assertThat(Duration.ofNanos(clock.nanoTime() - begun)).isEqualTo(ProtocolLimits.certainlyOver(LONG));
            }
        };

        assertThat(single.findAlive(others)).isEmpty();

        assertThat(store.nodes().rows()).extracting(NodeRow::id).containsExactly("own-1");
    }

    @Test
    void theRowsOfALiveNodeAreLeftAlone() {
        store.register("other-1", "another node", SHORT);
        List<NodeRow> others = single.others();
        log.before = call -> {
            assertThat(call).isNotEqualTo("remove");
            if (call.equals("nodes")) {
                store.register("other-2", "the same node", SHORT);
            }
        };

        assertThatThrownBy(() -> single.ensureNoneAlive(others))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0206 ")
                .hasMessageEndingWith("other=the same node");
    }

    /** Some 20 times a second: far less would do no harm, and far more would burden the store. */
    @Test
    void theStoreIsNotAskedWithoutAPause() {
        store.register("dead-1", "a dead node", SHORT);
        log.before = call -> clock.advance(Duration.ofMillis(call.equals("nodes") ? 500 : 0));
        long begun = System.nanoTime();

        assertThat(single.findAlive(single.others())).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(100));
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
    void aNodeWhosePlaceWasTakenGivesWayForAsLongAsTheOtherIsThere() {
        feed.tick();
        store.remove(List.of(current.get().nodeId()));
        store.register("other-1", "another node", SHORT);
        List<String> calls = new ArrayList<>();
        log.before = call -> {
            calls.add(call);
            if (call.equals("fence")) {
                store.register("other-2", "another node", SHORT);
            }
        };
        try (CapturedLog messages = new CapturedLog(SingleNodeSlot.class.getName())) {
            feed.tick();

            assertThat(messages.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0212 ")
                    .endsWith("other=another node");
        }
        assertThat(current.get().hasEnded()).isTrue();
        assertThat(store.nodes().rows()).extracting(NodeRow::id).containsExactly("other-1", "other-2");

        assertThat(calls).startsWith("poll", "register").endsWith("remove");
        calls.clear();
        log.before = calls::add;
        feed.tick();
        assertThat(calls).containsExactly("nodes");

        store.remove(List.of("other-1", "other-2"));
        feed.tick();
        assertThat(current.get().isLeased()).isTrue();
        assertThat(store.nodes().rows())
                .extracting(NodeRow::id)
                .containsExactly(current.get().nodeId());
    }

    @Test
    void aNodeWhoseRowWasDeletedByHandAsksNobodyWhereItIsTheOnlyOne() {
        feed.tick();
        store.remove(List.of(current.get().nodeId()));
        log.before = call -> assertThat(call).isNotEqualTo("fence");

        feed.tick();

        assertThat(current.get().isLeased()).isTrue();
    }

    @Test
    void aNodeLooksForItsFormerRowOnceItHasRegisteredAgain() {
        feed.tick();
        store.fence(List.of(current.get().nodeId()));
        List<String> calls = new ArrayList<>();
        log.before = calls::add;

        feed.tick();

        assertThat(calls).startsWith("poll", "register", "nodes", "remove");
    }
}

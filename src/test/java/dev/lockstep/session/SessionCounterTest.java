package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.SessionSearch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions are counted where somebody asks, and for no more than a thousandth of the time. */
class SessionCounterTest {

    private static final long LIVE = 7;

    private final HandClock clock = new HandClock();
    private final SlowSearch search = new SlowSearch();
    private final List<Runnable> waiting = new ArrayList<>();
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final SessionCounter counter = new SessionCounter(search, clock, told.listener(), waiting::add);

    @BeforeEach
    void ask() {
        told.countSessions();
    }

    @Test
    void nothingIsCountedWhereNobodyAsks() {
        SessionCounter unasked = new SessionCounter(search, clock, NodeListener.NONE, Runnable::run);

        unasked.tick();

        assertThat(search.counts).isZero();
    }

    @Test
    void theNumberIsToldAndTheNextCountWaitsAThousandTimesAsLongAsTheLastTook() {
        search.takes = Duration.ofMillis(300);

        tick();
        assertThat(told.take()).containsExactly("sessionsCounted");
        assertTheNextCountIsFiveMinutesLater();
    }

    @Test
    void withTheNumberComesHowLongTheCountTook() {
        Map<Long, Duration> heard = new HashMap<>();
        NodeListener listener = new NodeListener() {
            @Override
            public boolean countsSessions() {
                return true;
            }

            @Override
            public void sessionsCounted(long live, Duration took) {
                heard.put(live, took);
            }
        };
        search.takes = Duration.ofMillis(300);

        new SessionCounter(search, clock, listener, Runnable::run).tick();

        assertThat(heard).containsExactly(Map.entry(LIVE, Duration.ofMillis(300)));
    }

    @Test
    void aCountInVainCostsAsMuch() {
        search.takes = Duration.ofMillis(300);
        search.isAway = true;

        tick();
        assertTheNextCountIsFiveMinutesLater();
        assertThat(told.take()).isEmpty();
    }

    /** Else one Error would end the counting, or have it go on without a pause. */
    @Test
    void aCountThatBreaksCostsAsMuchToo() {
        search.takes = Duration.ofMillis(300);
        search.breaks = new StackOverflowError("in a test");

        counter.tick();
        assertThatThrownBy(waiting.remove(0)::run).isSameAs(search.breaks);
        search.breaks = null;
        assertTheNextCountIsFiveMinutesLater();
        assertThat(told.take()).containsExactly("sessionsCounted");
    }

    @Test
    void thereIsOneCountAtATime() {
        counter.tick();
        counter.tick();

        assertThat(waiting).hasSize(1);
    }

    @Test
    void whereTheNodeHasTooMuchToDoALaterTickCounts() {
        List<Runnable> taken = new ArrayList<>();
        boolean[] full = {true};
        SessionCounter crowded = new SessionCounter(search, clock, told.listener(), task -> {
            if (full[0]) {
                throw new RejectedExecutionException("a queue of a test");
            }
            taken.add(task);
        });

        crowded.tick();
        full[0] = false;
        crowded.tick();

        assertThat(taken).hasSize(1);
    }

    private void assertTheNextCountIsFiveMinutesLater() {
        clock.advance(Duration.ofMinutes(5).minusNanos(1));
        tick();
        assertThat(search.counts).isEqualTo(1);
        clock.advance(Duration.ofNanos(1));
        tick();
        assertThat(search.counts).isEqualTo(2);
    }

    private void tick() {
        counter.tick();
        waiting.forEach(Runnable::run);
        waiting.clear();
    }

    private final class SlowSearch implements SessionSearch {

        private int counts;
        private Duration takes = Duration.ZERO;
        private boolean isAway;
        private @Nullable Error breaks;

        @Override
        public long count() {
            counts++;
            clock.advance(takes);
            if (isAway) {
                throw new StoreUnavailableException("a store of a test is away", null);
            }
            if (breaks != null) {
                throw breaks;
            }
            return LIVE;
        }

        @Override
        public long count(String principal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable SessionCopy byId(String sessionId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page page(@Nullable String principal, @Nullable String after, int limit) {
            throw new UnsupportedOperationException();
        }
    }
}

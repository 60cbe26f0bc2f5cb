package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.ForwardingStore;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which uses are recorded, together with which others, and as of when. */
class UsageRecorderTest {

    /** So that uses gather until somebody asks for them. */
    private static final Duration DAYS = Duration.ofDays(1);

    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final RuntimeException AWAY = new StoreUnavailableException("away in a test", null);

    private final HandClock clock = new HandClock();
    private final CrowdedTimer timer = new CrowdedTimer();
    private final List<Touch> touches = new CopyOnWriteArrayList<>();
    private final List<List<TokenDigest>> refreshed = new CopyOnWriteArrayList<>();
    private final List<Runnable> background = new ArrayList<>();
    private volatile @Nullable Throwable fails;
    private final UsageRecorder usage =
            new UsageRecorder(new RecordedStore(), refreshed::add, clock, timer, Runnable::run);

    record Touch(List<TokenDigest> digests, Duration ago, Duration unlessWithin) {}

    private final class RecordedStore extends ForwardingStore {

        @Override
        public void touchAll(List<TokenDigest> digests, Duration ago, Duration unlessWithin) {
            touches.add(new Touch(List.copyOf(digests), ago, unlessWithin));
            if (fails instanceof RuntimeException failure) {
                throw failure;
            }
            if (fails instanceof Error error) {
                throw error;
            }
        }
    }

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    @Test
    void aUseIsRecordedOnceATenthOfTheIdleTimeoutHasPassed() {
        SessionCopy copy = copy(DAYS);

        usage.used(copy, seen(copy) + DAYS.toMillis() / 10 - 1);
        usage.close();
        assertThat(touches).isEmpty();

        usage.used(copy, seen(copy) + DAYS.toMillis() / 10);
        usage.close();
        assertThat(touches).hasSize(1);
        assertThat(touches.get(0).unlessWithin()).isEqualTo(DAYS.dividedBy(10));
        assertThat(refreshed).containsExactly(List.of(copy.digest()));
    }

    /** Of a store of an application's own, which has them one by one. */
    @Test
    void aUseThatTheStoreRefusesKeepsItFromNoOther() {
        List<SessionCopy> copies = List.of(copy(DAYS), copy(DAYS), copy(DAYS));
        List<TokenDigest> touched = new ArrayList<>();
        UsageRecorder oneByOne = new UsageRecorder(
                new ForwardingStore() {
                    @Override
                    public void touch(TokenDigest digest, Duration unlessWithin) {
                        if (digest.equals(copies.get(1).digest())) {
                            throw new IllegalStateException("refused in a test");
                        }
                        touched.add(digest);
                    }
                },
                refreshed::add,
                clock,
                timer,
                Runnable::run);
        copies.forEach(copy -> oneByOne.used(copy, seen(copy) + DAYS.toMillis() / 10));

        oneByOne.close();

        assertThat(touched)
                .containsExactly(copies.get(0).digest(), copies.get(2).digest());
    }

    @Test
    void usesGatherEachSessionOnceAndAreRecordedAsOfTheFirst() {
        SessionCopy one = copy(DAYS);
        SessionCopy two = copy(DAYS);
        used(one);
        clock.advance(Duration.ofMillis(700));
        used(two);
        used(one);
        clock.advance(Duration.ofMillis(200));

        usage.close();

        assertThat(touches)
                .containsExactly(
                        new Touch(List.of(one.digest(), two.digest()), Duration.ofMillis(901), DAYS.dividedBy(10)));
    }

    @Test
    void eachIdleTimeoutHasItsOwnStatement() {
        SessionCopy one = copy(DAYS);
        SessionCopy other = copy(DAYS.multipliedBy(2));
        used(one);
        used(other);

        usage.close();

        assertThat(touches)
                .extracting(Touch::unlessWithin)
                .containsExactlyInAnyOrder(DAYS.dividedBy(10), DAYS.dividedBy(5));
    }

    @Test
    void soManyAreRecordedAtOnce() {
        for (int i = 0; i < UsageRecorder.MOST; i++) {
            assertThat(touches).isEmpty();
            used(copy(DAYS));
        }

        assertThat(touches).hasSize(1);
        assertThat(touches.get(0).digests()).hasSize(UsageRecorder.MOST);
    }

    @Test
    void whatGathersIsRecordedSoonWhereTheIdleTimeoutIsShort() {
        used(copy(SHORT));

        Awaitility.await().until(() -> touches.size() == 1);
        assertThat(touches.get(0).unlessWithin()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whatCannotBeRecordedIsLeftToTheNextUse() {
        SessionCopy copy = copy(DAYS);
        fails = AWAY;
        used(copy);
        usage.close();
        assertThat(refreshed).isEmpty();

        fails = null;
        used(copy);
        usage.close();
        assertThat(touches).hasSize(2);
        assertThat(refreshed).hasSize(1);
    }

    @Test
    void aUseThatWasRecordedIsNotRecordedTwice() {
        used(copy(DAYS));

        usage.close();
        usage.close();

        assertThat(touches).hasSize(1);
    }

    @Test
    void aLaterUseIsRecordedAfterAnEarlierOneWas() {
        SessionCopy copy = copy(DAYS);
        used(copy);
        usage.close();

        used(copy);
        usage.close();

        assertThat(touches).hasSize(2);
    }

    /** Else the session would end though it is in use. */
    @Test
    void aLaterUseIsRecordedAfterTheStoreBroke() {
        SessionCopy copy = copy(DAYS);
        fails = new StackOverflowError("in a test");
        used(copy);
        assertThatThrownBy(usage::close).isSameAs(fails);

        fails = null;
        used(copy);
        usage.close();

        assertThat(touches).hasSize(2);
        assertThat(refreshed).hasSize(1);
    }

    /** Of another kind than an outage. */
    @Test
    void aFailureKeepsTheEndFromRecordingNoOtherUses() {
        fails = new IllegalStateException("refused in a test");
        used(copy(DAYS));
        used(copy(DAYS.multipliedBy(2)));

        usage.close();

        assertThat(touches).hasSize(2);
    }

    /** A deployment ends though its database is away. */
    @Test
    void theEndWaitsForAStoreThatIsAwayOnce() {
        fails = AWAY;
        used(copy(DAYS));
        used(copy(DAYS.multipliedBy(2)));

        usage.close();

        assertThat(touches).hasSize(1);
    }

    @Test
    void usesOnTheirWayAreBounded() {
        UsageRecorder stuck = new UsageRecorder(new RecordedStore(), refreshed::add, clock, timer, background::add);
        for (int i = 0; i < UsageRecorder.MOST_UNDER_WAY + UsageRecorder.MOST; i++) {
            SessionCopy copy = copy(DAYS);
            stuck.used(copy, seen(copy) + DAYS.toMillis());
        }

        background.forEach(Runnable::run);
        stuck.close();

        assertThat(touches.stream().mapToInt(touch -> touch.digests().size()).sum())
                .isEqualTo(UsageRecorder.MOST_UNDER_WAY);
    }

    /** Where the executor has no room for them. */
    @Test
    void whatFindsNoRoomIsLeftToTheNextUse() throws Exception {
        SessionCopy copy = copy(SHORT);
        boolean[] full = {true};
        UsageRecorder crowded = new UsageRecorder(new RecordedStore(), refreshed::add, clock, timer, work -> {
            if (full[0]) {
                throw new RejectedExecutionException();
            }
            work.run();
        });
        crowded.used(copy, seen(copy) + SHORT.toMillis());
        timer.schedule(() -> full[0] = false, 150, TimeUnit.MILLISECONDS).get();
        assertThat(touches).isEmpty();

        crowded.used(copy, seen(copy) + SHORT.toMillis());
        Awaitility.await().until(() -> touches.size() == 1);
    }

    /** Where the timer takes nothing. */
    @Test
    void whatNobodyWouldRecordIsLeftToTheNextUse() {
        SessionCopy copy = copy(DAYS);
        timer.full = true;
        used(copy);
        usage.close();
        assertThat(touches).isEmpty();

        timer.full = false;
        used(copy);
        usage.close();
        assertThat(touches).hasSize(1);
    }

    private static final class CrowdedTimer extends ScheduledThreadPoolExecutor {

        private volatile boolean full;

        CrowdedTimer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            if (full) {
                throw new RejectedExecutionException("a timer of a test");
            }
            return super.schedule(task, delay, unit);
        }
    }

    private void used(SessionCopy copy) {
        usage.used(copy, seen(copy) + copy.session().idleTimeout().toMillis());
    }

    private static long seen(SessionCopy copy) {
        return copy.session().lastSeenAt().toEpochMilli();
    }

    private static SessionCopy copy(Duration idle) {
        return new ForwardingStore() {}.open(Samples.session("alice", Samples.digest(), DAYS.multipliedBy(4), idle));
    }
}

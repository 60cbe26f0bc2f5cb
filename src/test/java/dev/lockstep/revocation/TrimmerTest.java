package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LogPosition;
import dev.lockstep.contract.NaiveStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is trimmed, by a clock that is moved by hand. */
class TrimmerTest extends FeedScenario {

    private final Trimmer trimmer = new Trimmer(log, () -> node.feed.applied(), clock);

    @Test
    void aRowIsKeptUntilEveryLeaseFromBeforeItIsOverForCertain() {
        node.started();
        revokeAndApply(1);
        trimmer.tick();

        clock.advance(Trimmer.RETENTION.minusNanos(1));
        trimmer.tick();
        assertThat(floor()).isZero();

        clock.advance(Duration.ofNanos(1));
        trimmer.tick();
        assertThat(floor()).isEqualTo(1);
    }

    @Test
    void whatWasAppliedJustNowIsKept() {
        node.started();
        revokeAndApply(1);
        trimmer.tick();
        clock.advance(Trimmer.RETENTION);
        revokeAndApply(2);

        trimmer.tick();

        assertThat(floor()).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetTrimsNothing() {
        node.started();
        revokeAndApply(1);
        trimmer.tick();

        clock.jump(Trimmer.RETENTION.multipliedBy(100));
        trimmer.tick();

        assertThat(floor()).isZero();
    }

    @Test
    void whatWasSeenInAnotherEpochSaysNothing() {
        node.started();
        revokeAndApply(1);
        trimmer.tick();
        NaiveStore.Backup backup = store.backup();
        store.startEpoch(node.feed.applied());
        node.feed.tick();
        clock.advance(Trimmer.RETENTION);

        trimmer.tick();
        assertThat(floor()).isZero();

        store.restore(backup);
        clock.advance(Trimmer.RETENTION);
        trimmer.tick();
        assertThat(floor()).isZero();
    }

    @Test
    void whatCouldNotBeTrimmedIsTrimmedLater() {
        node.started();
        revokeAndApply(1);
        trimmer.tick();
        clock.advance(Trimmer.RETENTION);
        log.down = true;
        trimmer.tick();
        log.down = false;

        trimmer.tick();

        assertThat(floor()).isEqualTo(1);
    }

    private void revokeAndApply(long number) {
        revoke(Samples.open(store, number));
        node.feed.tick();
    }

    private long floor() {
        return store.poll("", new LogPosition(0, 0), 1).floor();
    }
}

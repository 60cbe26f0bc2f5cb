package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.spi.LogPosition;
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

        clock.advance(ProtocolLimits.LOG_RETENTION.minusNanos(1));
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
        clock.advance(ProtocolLimits.LOG_RETENTION);
        revokeAndApply(2);

        trimmer.tick();

        assertThat(floor()).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetTrimsNothing() {
        node.started();
        revokeAndApply(1);
        trimmer.tick();

        clock.jump(ProtocolLimits.LOG_RETENTION.multipliedBy(100));
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
        clock.advance(ProtocolLimits.LOG_RETENTION);

        trimmer.tick();
        assertThat(floor()).isZero();

        store.restore(backup);
        clock.advance(ProtocolLimits.LOG_RETENTION);
        trimmer.tick();
        assertThat(floor()).isZero();
    }

    @Test
    void whatCouldNotBeTrimmedIsTrimmedLater() {
        node.started();
        revokeAndApply(1);
        trimmer.tick();
        clock.advance(ProtocolLimits.LOG_RETENTION);
        log.down = true;
        trimmer.tick();
        log.down = false;

        trimmer.tick();

        assertThat(floor()).isEqualTo(1);
    }

    /**
     * The answer to it was lost, say, so that nobody waited; tried again, it finds nothing of the
     * session.
     */
    @Test
    void whatIsTrimmedIsAcceptedNowhereThoughNobodyWaitedForIt() {
        TestNode other = new TestNode(store, clock).started();
        node.started();
        SessionCopy before = RevocationSamples.open(store, 1);
        SessionCopy rotated =
                store.rotate(before.digest(), RevocationSamples.digest(2)).copy();
        assertThat(other.judge(before)).isEqualTo(Verdict.LIVE);
        revoke(rotated);
        node.feed.tick();
        trimmer.tick();

        clock.advance(ProtocolLimits.LOG_RETENTION);
        trimmer.tick();

        assertThat(floor()).isEqualTo(2);
        assertThat(revoke(rotated).upTo()).isNull();
        assertThat(other.judge(before)).isNotEqualTo(Verdict.LIVE);
        assertThat(other.judge(rotated)).isNotEqualTo(Verdict.LIVE);
        other.feed.tick();
        assertThat(other.judge(before)).isNotEqualTo(Verdict.LIVE);
        assertThat(other.judge(rotated)).isNotEqualTo(Verdict.LIVE);
    }

    private void revokeAndApply(long number) {
        revoke(RevocationSamples.open(store, number));
        node.feed.tick();
    }

    private long floor() {
        return store.poll("", new LogPosition(0, 0), 1).floor();
    }
}

package dev.lockstep.revocation;

import static dev.lockstep.revocation.RevocationSamples.digest;
import static dev.lockstep.revocation.RevocationSamples.open;
import static dev.lockstep.revocation.RevocationSamples.revocation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.Revoked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pushed, or copied, of places where the log is not: by mistake, or in bad faith. */
class PushedPositionsTest extends FeedScenario {

    private static final int MORE_THAN_ARE_REMEMBERED = FactsLimits.DEFAULT.max() + 1_000;

    @Test
    void aFloodOfInventedRevocationsFromBeyondTheLogMovesNoFloor() {
        node.started();
        SessionCopy copy = open(store, 1);
        long floor = node.current.get().floor();

        for (long number = 0; number < MORE_THAN_ARE_REMEMBERED; number += 1_000) {
            push(LongStream.range(number, number + 1_000)
                    .mapToObj(each -> revocation(Long.MAX_VALUE, 1_000 + each))
                    .toList());
        }

        assertThat(node.current.get().floor()).isEqualTo(floor);
        assertThat(node.current.get().size()).isZero();
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, ProtocolLimits.FURTHEST_AHEAD + 1, Long.MAX_VALUE})
    void whatLiesWhereTheLogCanNotBeIsNotAcknowledged(long position) {
        node.started();
        assertThat(node.current.apply(message(List.of(revocation(position, 1)))))
                .isEmpty();
        assertThat(node.current.get().isRevoked(digest(1))).isFalse();
        assertThat(node.told.of("pushReceived")).containsExactly("pushReceived false");
    }

    @Test
    void oneSuchAmongOthersHasAllRefused() {
        node.started();
        Revoked revoked = revoke(open(store, 1));
        assertThat(node.current.apply(message(List.of(revoked.revocations().get(0), revocation(Long.MAX_VALUE, 2)))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            mode = Mode.INCLUDE,
            names = {"SESSION_GONE", "PRINCIPAL_GONE", "COPIES_VOID"})
    void aFloorThatAnInventedPushRaisedLastsUntilTheNextPoll(Cause cause) {
        node.started();
        SessionCopy copy = open(store, 1);
        Facts before = node.current.get();
        push(List.of(of(ProtocolLimits.FURTHEST_AHEAD, cause)));
        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);

        node.feed.tick();

        assertThat(node.current.get()).isNotSameAs(before);
        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);
    }

    @Test
    void aFloorThatAFloodOfInventedPushesRaisedLastsUntilTheNextPoll() {
        node.started();
        SessionCopy copy = open(store, 1);
        push(LongStream.range(1, ProtocolLimits.FURTHEST_AHEAD)
                .mapToObj(each -> revocation(each, 1_000 + each))
                .toList());
        push(List.of(revocation(ProtocolLimits.FURTHEST_AHEAD, 7)));

        node.feed.tick();

        assertThat(node.judge(copy)).isEqualTo(Verdict.LIVE);
        assertThat(node.current.get().floor()).isZero();
    }

    @Test
    void whatWasPushedAndIsInTheLogLeavesTheFactsAsTheyAre() {
        node.started();
        Facts facts = node.current.get();
        for (int number = 1; number <= 3; number++) {
            push(revoke(open(store, number)).revocations());
        }

        node.feed.tick();

        assertThat(node.current.get()).isSameAs(facts);
        assertThat(facts.size()).isEqualTo(3);
    }

    @Test
    void whatIsPushedWhileAPollIsUnderWayIsNotTakenForInvented() {
        node.started();
        Facts facts = node.current.get();
        log.duringPoll = () -> push(revoke(open(store, 1)).revocations());

        node.feed.tick();
        node.feed.tick();

        assertThat(node.current.get()).isSameAs(facts);
        assertThat(facts.isRevoked(digest(1))).isTrue();
    }

    @Test
    void aPushThatIsReplayedAfterItWasForgottenAddsNothingAndIsAcknowledgedTruly() {
        node.started();
        SessionCopy copy = open(store, 1);
        Message replayed = message(revoke(copy).revocations());
        node.feed.tick();
        clock.advance(Duration.ofMinutes(30));
        node.feed.tick();
        clock.advance(Duration.ofMinutes(30));
        node.feed.tick();
        assertThat(node.current.get().size()).isZero();

        assertThat(node.current.apply(replayed)).contains(node.rowId());

        assertThat(node.current.get().size()).isZero();
        assertThat(node.judge(copy)).isEqualTo(Verdict.UNKNOWN);
        assertThat(node.listener.learnt).containsExactly("session-1");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void whateverTimeIsToldOfARevocationItIsApplied(long millis) {
        node.started();
        Revocation told = revoke(open(store, 1)).revocations().get(0);
        Revocation strange = new Revocation(
                told.position(),
                told.digest(),
                told.sessionId(),
                told.principal(),
                told.cause(),
                Instant.ofEpochMilli(millis));

        assertThat(node.current.apply(message(List.of(strange)))).contains(node.rowId());

        assertThat(node.listener.lags).allMatch(lag -> lag.toNanos() >= 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {ProtocolLimits.FURTHEST_AHEAD + 1, Long.MAX_VALUE})
    void aCopyFromWhereTheLogCanNotBeIsUsedByNobody(long position) {
        node.started();
        SessionCopy copy = open(store, 1);
        assertThat(node.judge(at(position, copy))).isEqualTo(Verdict.UNKNOWN);
        assertThat(node.judge(at(ProtocolLimits.FURTHEST_AHEAD, copy))).isEqualTo(Verdict.LIVE);
    }

    private static SessionCopy at(long position, SessionCopy copy) {
        return new SessionCopy(copy.digest(), copy.session(), copy.epoch(), position);
    }

    private static Revocation of(long position, Cause cause) {
        Revocation pattern = revocation(position, 1);
        return new Revocation(
                position, digest(99), pattern.sessionId(), pattern.principal(), cause, pattern.revokedAt());
    }

    private Message message(List<Revocation> revocations) {
        return new Message(node.current.get().epoch(), revocations);
    }

    private void push(List<Revocation> revocations) {
        node.current.apply(message(revocations));
    }
}

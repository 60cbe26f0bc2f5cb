package dev.lockstep.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.chaos.history.Check.Answer;
import dev.lockstep.chaos.history.End.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the checker finds in histories made by hand. */
class CheckerTest extends HandmadeHistory {

    @Test
    void acceptedBeforeTheRevocationReturnedIsFine() {
        revoked(100, 200, Result.RETURNED);
        checked(1, 200, 210, Answer.ACCEPTED);

        assertThat(found().areClean()).isTrue();
    }

    @Test
    void acceptedAfterTheRevocationReturnedIsStale() {
        revoked(100, 200, Result.RETURNED);
        checked(1, 201, 210, Answer.ACCEPTED);

        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void ofTwoRevocationsTheFirstToReturnCounts() {
        revoked(100, 900, Result.RETURNED);
        revoked(150, 200, Result.RETURNED);
        checked(1, 300, 310, Answer.ACCEPTED);

        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void aRevocationThatThrewPromisesNothing() {
        revoked(100, 200, Result.THREW);
        checked(1, 300, 310, Answer.ACCEPTED);
        checked(1, 400, 410, Answer.REFUSED);

        assertThat(found().areClean()).isTrue();
    }

    @Test
    void aRevocationUnderWayPromisesNothing() {
        ends.add(new End(1, 1, End.WHOLE_SESSION, 1, 0, ms(100), Long.MAX_VALUE, Result.UNDER_WAY));
        checked(1, 300, 310, Answer.ACCEPTED);
        checked(1, 400, 410, Answer.REFUSED);

        assertThat(found().areClean()).isTrue();
    }

    @Test
    void aLiveSessionThatIsRefusedIsAFalseRefusal() {
        checked(1, 11, 20, Answer.REFUSED);

        assertThat(found().falseRefusals()).hasSize(1);
    }

    @Test
    void refusedWhileARevocationIsUnderWayIsFine() {
        revoked(100, 200, Result.LOST);
        checked(1, 50, 101, Answer.REFUSED);

        assertThat(found().areClean()).isTrue();
    }

    @Test
    void refusedBeforeAnybodyTriedToEndItIsAFalseRefusal() {
        revoked(100, 200, Result.RETURNED);
        checked(1, 50, 99, Answer.REFUSED);

        assertThat(found().falseRefusals()).hasSize(1);
    }

    @Test
    void aRotationEndsTheOldTokenAndNotTheNewOne() {
        born(2, 100, 200);
        ends.add(new End(1, 1, 1, 1, 0, ms(100), ms(200), Result.RETURNED));
        checked(2, 201, 210, Answer.ACCEPTED);
        assertThat(found().areClean()).isTrue();

        checked(1, 201, 210, Answer.ACCEPTED);
        assertThat(found().staleAccepts()).hasSize(1);

        checked(2, 300, 310, Answer.REFUSED);
        assertThat(found().falseRefusals()).hasSize(1);
    }

    @Test
    void aRevocationEndsTokensThatWereRotatedInLater() {
        revoked(100, 200, Result.RETURNED);
        born(2, 90, 210);
        checked(2, 220, 230, Answer.ACCEPTED);

        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void aListThatStillNamesARevokedSessionIsStaleAndARotatedOneIsNot() {
        ends.add(new End(1, 1, 1, 1, 0, ms(100), ms(200), Result.RETURNED));
        checked(End.WHOLE_SESSION, 300, 310, Answer.ACCEPTED);
        assertThat(found().areClean()).isTrue();

        revoked(400, 500, Result.RETURNED);
        checked(End.WHOLE_SESSION, 600, 610, Answer.ACCEPTED);
        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void aRestoreUndoesWhatCameAfterTheCopyAndNothingElse() {
        revoked(100, 200, Result.RETURNED);
        restores.add(new Restore(ms(150), ms(1_000), ms(2_000)));
        checked(1, 1_500, 1_510, Answer.ACCEPTED);
        assertThat(found().areClean()).isTrue();

        checked(1, 500, 510, Answer.ACCEPTED);
        assertThat(found().staleAccepts()).hasSize(1);

        revoked(2_100, 2_200, Result.RETURNED);
        checked(1, 2_300, 2_310, Answer.ACCEPTED);
        assertThat(found().staleAccepts()).hasSize(2);
    }

    @Test
    void aRevocationThatReturnsInTheNewEpochHoldsInItWheneverItBegan() {
        restores.add(new Restore(ms(150), ms(1_000), ms(2_000)));
        revoked(900, 3_100, Result.RETURNED);
        checked(1, 3_200, 3_210, Answer.ACCEPTED);

        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void aRotationThatReturnsInTheNewEpochHoldsInItWheneverItBegan() {
        restores.add(new Restore(ms(150), ms(1_000), ms(2_000)));
        ends.add(new End(1, 1, 1, 1, 0, ms(900), ms(3_100), Result.RETURNED));
        checked(1, 3_200, 3_210, Answer.ACCEPTED);

        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void aRevocationThatWasOverWhenTheRestoreEndedIsExcusedThoughItsAnswerComesALittleLater() {
        restores.add(new Restore(ms(150), ms(1_000), ms(2_000)));
        revoked(900, 2_900, Result.RETURNED);
        checked(1, 3_200, 3_210, Answer.ACCEPTED);

        assertThat(found().areClean()).isTrue();
    }

    @Test
    void anAnswerOfANodeThatStoodStillMayHaveBeenOnItsWaySinceBeforeTheRestore() {
        restores.add(new Restore(ms(150), ms(1_000), ms(2_000)));
        spans.add(new Span(Span.NODE_PAUSE, 0, ms(950), ms(3_000)));
        revoked(900, 3_100, Result.RETURNED);
        checked(1, 3_200, 3_210, Answer.ACCEPTED);
        assertThat(found().areClean()).isTrue();

        spans.set(0, new Span(Span.NODE_PAUSE, 1, ms(950), ms(3_000)));
        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void aRevocationAcrossAFailoverThatLosesNothingIsNotExcused() {
        spans.add(new Span("store-failover", Span.NO_NODE, ms(1_000), ms(2_000)));
        revoked(900, 1_500, Result.RETURNED);
        checked(1, 1_600, 1_610, Answer.ACCEPTED);

        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void aTokenThatOpensAnotherSessionIsAlwaysAViolation() {
        restores.add(new Restore(ms(0), ms(1), ms(2)));
        spans.add(new Span(Span.STORE_CLOCK, Span.NO_NODE, ms(0), ms(9_000)));
        checked(1, 100, 110, Answer.MISTAKEN);

        assertThat(found().mistaken()).hasSize(1);
        assertThat(found().areClean()).isFalse();
    }

    @Test
    void aSessionIsLiveInItsTimeAndNotAfterIt() {
        births.clear();
        births.add(new Birth(1, 1, ms(0), ms(100), ms(1_000)));
        checked(1, 900, 940, Answer.ACCEPTED);
        checked(1, 1_000, 1_010, Answer.REFUSED);
        checked(1, 1_140, 1_400, Answer.ACCEPTED);
        checked(1, 5_000, 5_010, Answer.REFUSED);
        assertThat(found().areClean()).isTrue();

        checked(1, 900, 940, Answer.REFUSED);
        assertThat(found().falseRefusals()).hasSize(1);

        checked(1, 1_151, 1_160, Answer.ACCEPTED);
        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void whileTheStoresClockIsWrongAndAfterThatASessionMayBeOverAndARevokedOneMustBe() {
        spans.add(new Span(Span.STORE_CLOCK, Span.NO_NODE, ms(500), ms(600)));
        checked(1, 550, 560, Answer.REFUSED);
        checked(1, 800, 810, Answer.REFUSED);
        assertThat(found().areClean()).isTrue();

        checked(1, 400, 410, Answer.REFUSED);
        assertThat(found().falseRefusals()).hasSize(1);

        revoked(520, 700, Result.RETURNED);
        checked(1, 710, 720, Answer.ACCEPTED);
        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void aCallThatBrokeItsContractIsAViolation() {
        breaches.add(new Breach("interrupted, and the flag is gone", 0, ms(10)));

        assertThat(found().breaches()).hasSize(1);
        assertThat(found().areClean()).isFalse();
    }

    @Test
    void aRestoreDoesNotUndoWhatIsInTheCopy() {
        revoked(100, 140, Result.RETURNED);
        restores.add(new Restore(ms(150), ms(1_000), ms(2_000)));
        checked(1, 2_500, 2_510, Answer.ACCEPTED);

        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void aSessionOpenedAfterTheCopyMayBeRefusedAfterTheRestore() {
        births.clear();
        born(1, 200, 210);
        restores.add(new Restore(ms(150), ms(1_000), ms(2_000)));
        checked(1, 2_500, 2_510, Answer.REFUSED);
        assertThat(found().areClean()).isTrue();

        checked(1, 500, 510, Answer.REFUSED);
        assertThat(found().falseRefusals()).hasSize(1);
    }

    @Test
    void aTokenWhoseRotationWasUndoneEndsNothingButItself() {
        born(2, 200, 300);
        restores.add(new Restore(ms(150), ms(1_000), ms(2_000)));
        ends.add(new End(1, 1, End.WHOLE_SESSION, 2, 0, ms(2_100), ms(2_200), Result.RETURNED));
        checked(1, 2_300, 2_310, Answer.ACCEPTED);
        assertThat(found().areClean()).isTrue();

        checked(2, 2_300, 2_310, Answer.ACCEPTED);
        assertThat(found().staleAccepts()).hasSize(1);
    }

    @Test
    void unavailableIsExcusedByAFaultAndForAWhileAfterIt() {
        spans.add(new Span("store-kill", Span.NO_NODE, ms(100), ms(200)));
        checked(1, 50, 110, Answer.UNAVAILABLE);
        checked(1, 20_000, 20_010, Answer.UNAVAILABLE);
        assertThat(found().areClean()).isTrue();

        checked(1, 20_201, 20_210, Answer.UNAVAILABLE);
        checked(1, 20, 99, Answer.LOST);
        assertThat(found().unexplained()).hasSize(2);
    }

    @Test
    void aSlowRevocationIsAViolationUnlessItsOwnNodeWasStopped() {
        revoked(0, 10_001, Result.THREW);
        assertThat(found().slow()).hasSize(1);

        spans.add(new Span("node-pause", 0, ms(1_000), ms(1_002)));
        assertThat(found().slow()).isEmpty();
    }

    @Test
    void theEndOfMoreThanOneTransactionEndsMayTakeLonger() {
        crowds.add(1);
        revoked(6_000, 21_000, Result.RETURNED);
        assertThat(found().slow()).isEmpty();

        revoked(6_000, 21_001, Result.RETURNED);
        assertThat(found().slow()).hasSize(1);
    }

    @Test
    void aRevocationOfWhatTheStoreMayNotKnowMayTakeLonger() {
        revoked(0, 5_000, Result.THREW);
        revoked(6_000, 21_000, Result.RETURNED);
        assertThat(found().slow()).isEmpty();

        revoked(6_000, 21_001, Result.RETURNED);
        assertThat(found().slow()).hasSize(1);
    }

    @Test
    void theBoundIsTheFormulasOfTheSettings() {
        Allowances bound = Allowances.of(Duration.ofSeconds(4), Duration.ofSeconds(5));

        assertThat(bound.revoke()).isEqualTo(Duration.ofSeconds(2 * 5 + 5 + 2));
        assertThat(bound.two()).isEqualTo(Duration.ofSeconds(4 * 5 + 5 + 2));
    }

    @Test
    void aRevocationThatIsNeverAnsweredIsSlow() {
        revoked(0, 90_000, Result.SILENT);

        assertThat(found().slow()).hasSize(1);
    }

    @Test
    void countsWhatItSaw() {
        ends.add(new End(1, 1, End.WHOLE_SESSION, 1, 0, ms(100), ms(200), Result.RETURNED));
        ends.add(new End(1, 2, End.WHOLE_SESSION, 1, 0, ms(100), ms(200), Result.RETURNED));
        spans.add(new Span("node-kill", 1, ms(1), ms(2)));
        checked(1, 250, 260, Answer.REFUSED);
        checked(1, 251, 260, Answer.REFUSED);

        assertThat(found().lastLine())
                .isEqualTo("chaos: 2 validations, 1 revocations, 1 faults, 0 stale accepts, 0 false refusals,"
                        + " 0 logins by forgery, slowest revoke 100 ms");
        assertThat(found().prompt()).isEqualTo(1);
    }

    private Findings found() {
        return Checker.check(history(), ALLOWANCES);
    }
}

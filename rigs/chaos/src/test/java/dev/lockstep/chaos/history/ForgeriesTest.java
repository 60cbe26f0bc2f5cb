package dev.lockstep.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.chaos.history.Attempt.Outcome;
import dev.lockstep.chaos.history.Check.Answer;
import org.junit.jupiter.api.Test;

/** What is found of forgeries in histories made by hand. */
class ForgeriesTest extends HandmadeHistory {

    private static final long LATE = 60_000;

    @Test
    void aForgedTokenThatOpensSomethingIsALogin() {
        presented(20, 1, Outcome.ACCEPTED);

        assertThat(found().forgeries().logins()).hasSize(1);
        assertThat(found().isPromiseKept()).isFalse();
        assertThat(found().lastLine()).contains(" 1 logins by forgery,");
    }

    @Test
    void aTokenThatOpensAForgedSessionIsALogin() {
        checked(1, 20, 30, Answer.FORGED);

        assertThat(found().forgeries().logins()).hasSize(1);
        assertThat(found().isPromiseKept()).isFalse();
    }

    @Test
    void refusedForgeriesAreFine() {
        presented(0, 1, Outcome.LOOKED_UP);
        presented(LATE, 30, Outcome.KNOWN_AS_FORGED);

        assertThat(found().areClean()).isTrue();
        assertThat(found().forgeries().presented()).isEqualTo(31);
    }

    @Test
    void forgedTokensAreNotLookedFor() {
        presented(0, 1, Outcome.LOOKED_UP);
        presented(LATE, 30, Outcome.LOOKED_UP);

        assertThat(found().forgeries().readings()).hasSize(1);
        assertThat(found().isPromiseKept()).isFalse();
    }

    @Test
    void aNodeThatMissesAPollMayLookForSome() {
        presented(0, 1, Outcome.LOOKED_UP);
        presented(LATE, 15, Outcome.LOOKED_UP);
        presented(LATE, 16, Outcome.KNOWN_AS_FORGED);

        assertThat(found().areClean()).isTrue();
    }

    @Test
    void whileAFaultLastsAndSoonAfterTheyMayBeLookedFor() {
        presented(0, 1, Outcome.LOOKED_UP);
        spans.add(new Span("store-cut", 0, ms(LATE - 20_000), ms(LATE - 10_000)));
        presented(LATE, 30, Outcome.LOOKED_UP);

        assertThat(found().areClean()).isTrue();
    }

    private void presented(long began, int times, Outcome outcome) {
        for (int i = 0; i < times; i++) {
            attempts.add(new Attempt(0, ms(began + i), ms(began + i + 1), outcome));
        }
    }

    private Findings found() {
        return Checker.check(history(), ALLOWANCES);
    }
}

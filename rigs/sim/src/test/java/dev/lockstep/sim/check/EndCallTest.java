package dev.lockstep.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sim.check.Violation.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories made by hand, of calls that end late or never and of nodes that do not recover. */
class EndCallTest {

    private static final long SECOND = 1_000_000_000;

    private final Register register = new Register();
    private final EndCall call = new EndCall("node", "the end of s", 10 * SECOND, 3 * SECOND, 1);

    private List<Kind> found() {
        return register.violations().stream().map(Violation::kind).toList();
    }

    @Test
    void theBoundIsThatOfTheFormula() {
        assertThat(EndCall.bound(5 * SECOND, 8 * SECOND, 1, 1)).isEqualTo((30 + 10 + 1 + 4) * SECOND);
        assertThat(EndCall.bound(5 * SECOND, 8 * SECOND, 3, 1)).isEqualTo((50 + 10 + 1 + 4) * SECOND);
        assertThat(EndCall.bound(5 * SECOND, 8 * SECOND, 1, 0.5)).isEqualTo((82 + 4) * SECOND);
    }

    @Test
    void anEndThatTakesLongerIsSlow() {
        register.took(call, call.took(15 * SECOND, 3 * SECOND), 5 * SECOND, false);
        assertThat(found()).isEmpty();
        register.took(call, call.took(15 * SECOND + 1, 3 * SECOND), 5 * SECOND, false);
        assertThat(found()).containsExactly(Kind.SLOW_REVOCATION);
    }

    @Test
    void theTimeInWhichItsProcessStoodStillDoesNotCount() {
        register.took(call, call.took(17 * SECOND, 5 * SECOND), 5 * SECOND, false);
        assertThat(found()).isEmpty();
        register.took(call, call.took(17 * SECOND, 4 * SECOND), 5 * SECOND, false);
        assertThat(found()).containsExactly(Kind.SLOW_REVOCATION);
    }

    @Test
    void whatTheStoreRefusesMayTakeLonger() {
        register.took(call, 60 * SECOND, 5 * SECOND, true);
        assertThat(found()).isEmpty();
    }

    @Test
    void oneThatNeverEndsIsEndless() {
        register.hasNotEnded(call);
        assertThat(found()).containsExactly(Kind.ENDLESS_CALL);
    }

    @Test
    void aNodeThatAsksTheStoreStillHasNotRecovered() {
        register.recovered("node", true);
        assertThat(found()).isEmpty();
        register.recovered("node", false);
        assertThat(found()).containsExactly(Kind.NO_RECOVERY);
    }

    @Test
    void whatIsKeptBeyondItsBoundIsTooMuch() {
        register.keeps("node", "waits", 0, 0);
        register.keeps("node", "digests", 40, 40);
        assertThat(found()).isEmpty();
        register.keeps("node", "digests", 41, 40);
        assertThat(found()).containsExactly(Kind.MEMORY);
    }

    @Test
    void aCallerThatStoodStillWhileTheStoreLostSomethingCanNotKnow() {
        assertThat(call.mayBeLost(2, 9 * SECOND, 4 * SECOND, SECOND)).isTrue();
    }

    @Test
    void oneThatIsToldLongAfterThatMustKnow() {
        assertThat(call.mayBeLost(2, 9 * SECOND, 4 * SECOND, 2 * SECOND)).isFalse();
    }

    @Test
    void oneThatStoodStillOnlyBeforeTheStoreOpenedAgainMustKnow() {
        assertThat(call.mayBeLost(2, SECOND / 2, 4 * SECOND, SECOND)).isFalse();
    }

    @Test
    void neitherALossNorStandingStillAloneIsAnExcuse() {
        assertThat(call.mayBeLost(1, 9 * SECOND, 4 * SECOND, 0)).isFalse();
        assertThat(call.mayBeLost(2, 9 * SECOND, 3 * SECOND, 0)).isFalse();
    }
}

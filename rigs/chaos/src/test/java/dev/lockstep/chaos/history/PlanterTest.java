package dev.lockstep.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.chaos.history.Check.Answer;
import dev.lockstep.chaos.history.End.Result;
import org.junit.jupiter.api.Test;

/** Where violations are planted in histories made by hand, and that they are found. */
class PlanterTest extends HandmadeHistory {

    @Test
    void plantedViolationsAreFound() {
        revoked(100, 200, Result.RETURNED);
        births.add(new Birth(3, 3, ms(300), ms(310)));

        assertThat(planter().staleAcceptsAreFound()).isTrue();
        assertThat(planter().falseRefusalsAreFound()).isTrue();
    }

    @Test
    void plantedForgeriesAreFound() {
        assertThat(planter().forgeriesAreFound()).isFalse();

        checked(1, 20, 30, Answer.ACCEPTED);
        checked(1, 40, 50, Answer.ACCEPTED);

        assertThat(planter().forgeriesAreFound()).isTrue();
    }

    @Test
    void nothingIsPlantedWhereARestoreExcusesIt() {
        revoked(100, 200, Result.RETURNED);
        births.add(new Birth(2, 2, ms(1_300), ms(1_400)));
        ends.add(new End(9, 2, End.WHOLE_SESSION, 2, 0, ms(2_100), ms(2_200), Result.RETURNED));
        restores.add(new Restore(ms(1_000), ms(1_150), ms(2_000)));

        assertThat(planter().staleAcceptsAreFound()).isTrue();
        assertThat(planter().falseRefusalsAreFound()).isTrue();
    }

    @Test
    void noRefusalIsPlantedWhereASessionMayBeOver() {
        births.add(new Birth(2, 2, ms(100), ms(1_200), ms(1_000)));
        births.add(new Birth(3, 3, ms(5_000), ms(5_010)));
        spans.add(new Span(Span.STORE_CLOCK, Span.NO_NODE, ms(5_005), ms(6_000)));

        assertThat(planter().falseRefusalsAreFound()).isTrue();
    }

    @Test
    void nothingIsPlantedWhereARestoreExcusesTheOneWhoRevoked() {
        revoked(100, 200, Result.RETURNED);
        restores.add(new Restore(ms(1_000), ms(1_150), ms(2_000)));
        births.add(new Birth(2, 2, ms(1_900), ms(1_950)));
        births.add(new Birth(3, 3, ms(2_010), ms(2_020)));
        ends.add(new End(9, 3, End.WHOLE_SESSION, 2, 0, ms(2_100), ms(2_200), Result.RETURNED));

        assertThat(planter().staleAcceptsAreFound()).isTrue();
    }

    @Test
    void aHistoryThatRestoresExcuseThroughoutTellsNothing() {
        revoked(100, 200, Result.RETURNED);
        restores.add(new Restore(ms(0), ms(5), ms(50)));

        assertThat(planter().staleAcceptsAreFound()).isFalse();
        assertThat(planter().falseRefusalsAreFound()).isFalse();
    }

    @Test
    void aHistoryWithoutRevocationsTellsNothing() {
        assertThat(planter().staleAcceptsAreFound()).isFalse();
    }

    private Planter planter() {
        return new Planter(history(), ALLOWANCES);
    }
}

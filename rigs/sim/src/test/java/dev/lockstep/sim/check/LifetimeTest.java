package dev.lockstep.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LifetimeTest {

    private final Lifetime lifetime = new Lifetime(1_000, 9_000, 2_000);

    @Test
    void untilItsIdleTimeoutAfterItWasOpenedItLivesForCertain() {
        assertThat(lifetime.mayBeOver(2_999)).isFalse();
        assertThat(lifetime.mayBeOver(3_000)).isTrue();
    }

    @Test
    void withoutUseItIsOverThen() {
        assertThat(lifetime.isOver(3_500, 50, 500)).isFalse();
        assertThat(lifetime.isOver(3_501, 50, 500)).isTrue();
    }

    @Test
    void aUseProlongsIt() {
        lifetime.useBegins();
        assertThat(lifetime.isOver(8_000, 50, 500)).isFalse();
        lifetime.useEnds(6_000);
        assertThat(lifetime.isOver(8_500, 50, 500)).isFalse();
        assertThat(lifetime.isOver(8_501, 50, 500)).isTrue();
    }

    @Test
    void noUseProlongsItBeyondItsAbsoluteEnd() {
        lifetime.useBegins();
        lifetime.useEnds(8_999);
        assertThat(lifetime.isOver(9_050, 50, 500)).isFalse();
        assertThat(lifetime.isOver(9_051, 50, 500)).isTrue();
    }

    @Test
    void whatIsEndlessNeverEnds() {
        Lifetime endless = Lifetime.endless();
        assertThat(endless.mayBeOver(1L << 50)).isFalse();
        assertThat(endless.isOver(1L << 50, 0, 0)).isFalse();
    }
}

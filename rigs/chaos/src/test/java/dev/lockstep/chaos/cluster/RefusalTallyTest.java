package dev.lockstep.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalTallyTest {

    private static final RefusalTally BEFORE = new RefusalTally(Map.of(0, 5L, 1, 7L));

    @Test
    void whatBeginsAsAskedForIsCounted() {
        Map<Integer, List<String>> answers =
                Map.of(0, List.of("copy.BROKEN=3", "copy.UNSEALED=4", "token=9"), 1, List.of());

        assertThat(RefusalTally.counted(answers, "copy.")).isEqualTo(new RefusalTally(Map.of(0, 7L, 1, 0L)));
        assertThat(RefusalTally.counted(answers, "copy.").total()).isEqualTo(7);
        assertThat(RefusalTally.counted(answers, "copy.UNSEALED").total()).isEqualTo(4);
    }

    @Test
    void oneMoreOfOneNodeIsEnough() {
        assertThat(new RefusalTally(Map.of(0, 5L, 1, 8L)).hasGrownSince(BEFORE)).isTrue();
        assertThat(BEFORE.hasGrownSince(BEFORE)).isFalse();
    }

    @Test
    void aNodeThatWasStartedAgainHasRefusedNothingForThat() {
        assertThat(new RefusalTally(Map.of(0, 0L, 1, 7L)).hasGrownSince(BEFORE)).isFalse();
    }

    @Test
    void neitherHasOneThatIsBackOrAway() {
        assertThat(new RefusalTally(Map.of(0, 5L, 1, 7L, 2, 100L)).hasGrownSince(BEFORE))
                .isFalse();
        assertThat(new RefusalTally(Map.of(1, 7L)).hasGrownSince(BEFORE)).isFalse();
    }
}

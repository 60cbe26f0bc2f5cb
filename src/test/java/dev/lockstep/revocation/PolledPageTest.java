package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What operators are told when a node starts its facts afresh. */
class PolledPageTest {

    private static final LogPosition HEAD = new LogPosition(1, 10);
    private static final LogPosition APPLIED = new LogPosition(1, 8);

    @Test
    void aRowThatIsGoneIsTheReason() {
        assertThat(reason(null, HEAD, 0)).isEqualTo("its registration is gone");
    }

    @Test
    void aFencedRowIsOneWhateverElseIsWrong() {
        assertThat(reason(row(APPLIED, true), HEAD, 11)).isEqualTo("another node had to wait for it");
    }

    @Test
    void aCopyOfThisProcessIsOne() {
        assertThat(reason(row(new LogPosition(1, 9), false), HEAD, 11))
                .isEqualTo("another process, a copy of this one, uses the same registration");
    }

    @Test
    void whatAnotherNodeInventedIsOne() {
        assertThat(reason(row(APPLIED, false), HEAD, 11))
                .isEqualTo("another node told of revocations that the log does not have");
    }

    /** What was pushed before that is of the former history, and true there. */
    @Test
    void aLogThatHasGoneBackIsAnotherHistory() {
        assertThat(reason(row(APPLIED, false), new LogPosition(1, 7), 11)).startsWith("the store's history changed");
        assertThat(reason(row(APPLIED, false), new LogPosition(2, 10), 11)).startsWith("the store's history changed");
    }

    @Test
    void whatIsPushedAndInTheLogIsNotInvented() {
        assertThat(reason(row(APPLIED, false), HEAD, 10)).startsWith("the store's history changed");
    }

    private static NodeRow row(LogPosition applied, boolean fenced) {
        return new NodeRow("id", "a node", Duration.ofSeconds(2), applied, fenced);
    }

    private static String reason(@Nullable NodeRow self, LogPosition head, long pushed) {
        return new PolledPage(new LogPage(self, head, 0, 0, List.of()), APPLIED, APPLIED, pushed).reason();
    }
}

package dev.lockstep.revocation;

import static dev.lockstep.revocation.ProtocolLimits.LOG_RETENTION;
import static dev.lockstep.revocation.ProtocolLimits.LONGEST_LEASE;
import static dev.lockstep.revocation.ProtocolLimits.SHORTEST_LEASE;
import static dev.lockstep.revocation.ProtocolLimits.SHORTEST_POLL;
import static dev.lockstep.revocation.ProtocolLimits.SWEEP_GRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolLimitsTest {

    /** By how much a clock may be slewed. */
    private static final double SLEW = 0.08;

    @Test
    void aLeaseIsOverByTheSlowestClockWhenTheQuickestOneSaysSo() {
        double quickest = ProtocolLimits.certainlyOver(LONGEST_LEASE).toNanos() / (1 + SLEW);
        double slowest = LONGEST_LEASE.toNanos() / (1 - SLEW);

        assertThat(quickest).isGreaterThan(slowest);
    }

    @Test
    void nothingIsSweptOrTrimmedThatANodeWithTheLongestLeaseMayNeed() {
        Duration trusted = ProtocolLimits.certainlyOver(LONGEST_LEASE);

        assertThat(SWEEP_GRACE).isGreaterThan(trusted);
        assertThat(LOG_RETENTION).isGreaterThan(SWEEP_GRACE);
    }

    @Test
    void operatorsAreToldForHowLongAStoreThatWasSetBackStaysClosed() throws Exception {
        assertThat(ProtocolLimits.closedAfterRestore(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(4));
        assertThat(Files.readString(Path.of("docs/howto/logout-settings.md"))).contains("twice the longest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.04S", "PT2S", "PT1M"})
    void aNodeMayHaveALeaseWithinTheLimits(String lease) {
        assertThat(settings(Duration.parse(lease), SHORTEST_POLL).lease()).isEqualTo(Duration.parse(lease));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0.039S", "PT1M0.001S"})
    void aNodeMayHaveNoLeaseBeyondTheLimits(String lease) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.parse(lease), SHORTEST_POLL))
                .withMessageContaining(lease);
    }

    @Test
    void aNodeMayNotPollMoreOftenThanTheLimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(SHORTEST_LEASE, SHORTEST_POLL.minusNanos(1)));
    }

    private static RevocationSettings settings(Duration lease, Duration poll) {
        return RevocationSettings.of("node", lease, poll, Duration.ofSeconds(5));
    }
}

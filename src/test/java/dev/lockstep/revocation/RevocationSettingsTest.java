package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.contract.MapSettings;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a node takes part by what is configured, and by default. */
class RevocationSettingsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @Test
    void whereNothingIsSet() {
        RevocationSettings settings = read(Map.of());

        assertThat(settings)
                .isEqualTo(RevocationSettings.of("a node", Duration.ofSeconds(2), Duration.ofMillis(500), DEADLINE))
                .isEqualTo(new RevocationSettings(
                        "a node",
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        DEADLINE,
                        new FactsLimits(100_000, Duration.ofHours(1)),
                        false));
    }

    @Test
    void whereAllIsSet() {
        RevocationSettings settings = read(Map.of("lease", "4s", "poll", "4s", "nodes", "single", "facts.max", "77"));

        assertThat(settings)
                .isEqualTo(new RevocationSettings(
                        "a node",
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(4),
                        DEADLINE,
                        new FactsLimits(77, Duration.ofHours(1)),
                        true));
    }

    /** Without a lease it reads for its observers alone. */
    @ParameterizedTest
    @CsvSource({"40ms, PT0.01S", "8s, PT2S", "1m, PT15S", "0, PT0.5S"})
    void aNodePollsFourTimesALease(String lease, Duration poll) {
        assertThat(read(Map.of("lease", lease)).poll()).isEqualTo(poll);
    }

    @Test
    void aNodePollsAtLeastOnceALease() {
        MapSettings longer = new MapSettings(Map.of("lease", "4s", "poll", "4001ms"));
        RevocationSettings.read(longer, "a node", DEADLINE);
        assertThat(longer.problems()).singleElement().asString().startsWith("poll=");

        assertThat(read(Map.of("lease", "0", "poll", "1m")).poll()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aLeaseBelowTheShortestIsAProblem() {
        MapSettings shorter = new MapSettings(Map.of("lease", "39ms"));

        assertThat(RevocationSettings.read(shorter, "a node", DEADLINE).lease())
                .isEqualTo(ProtocolLimits.SHORTEST_LEASE);

        assertThat(shorter.problems()).singleElement().asString().startsWith("lease=");
    }

    @Test
    void whoBuildsANodeByHandChangesOneAtATime() {
        RevocationSettings settings = read(Map.of());
        FactsLimits few = new FactsLimits(2, Duration.ofNanos(1));

        RevocationSettings changed = settings.withFacts(few).withSingle(true);

        assertThat(changed.facts()).isEqualTo(few);
        assertThat(changed.single()).isTrue();
        assertThat(changed.withFacts(settings.facts()).withSingle(false)).isEqualTo(settings);
    }

    /** A twentieth of what it takes without them, and 50 ms at most. */
    @ParameterizedTest
    @CsvSource({"PT0.5S, PT0.025S", "PT1S, PT0.05S", "PT0.98S, PT0.049S", "PT15S, PT0.05S"})
    void theRowsOfNodesAreReadOftenEnoughNotToHoldUpALogout(Duration poll, Duration pause) {
        assertThat(RevocationSettings.of("a node", Duration.ofMinutes(1), poll, DEADLINE)
                        .pause())
                .isEqualTo(pause);
    }

    @Test
    void aNodeRemembersSomething() {
        assertThat(new FactsLimits(2, Duration.ofNanos(1)).max()).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> new FactsLimits(1, Duration.ofNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new FactsLimits(2, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new FactsLimits(2, Duration.ofNanos(-1)));
    }

    private static RevocationSettings read(Map<String, String> values) {
        MapSettings settings = new MapSettings(values);
        RevocationSettings read = RevocationSettings.read(settings, "a node", DEADLINE);
        assertThat(settings.problems()).isEmpty();
        return read;
    }
}

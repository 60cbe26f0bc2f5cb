package dev.lockstep.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What Prometheus' own tool says of the rules: the same whatever server is there, so once. */
class PrometheusRulesWildFlyIT {

    private static final Path TESTS =
            Path.of("docs/monitoring/lockstep-rules-test.yml").toAbsolutePath();

    @Test
    void theRulesAreValidAndTheirTestsPass() throws Exception {
        assertThat(Prometheus.tool("promtool", "check", "rules", Prometheus.RULES.toString()))
                .contains("SUCCESS");
        assertThat(Prometheus.tool("promtool", "test", "rules", TESTS.toString()))
                .contains("SUCCESS");
    }
}

package dev.lockstep.it.monitoring;

import static dev.lockstep.it.monitoring.MeasuredApplication.NAME;
import static dev.lockstep.it.monitoring.MeasuredApplication.act;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes the server; each panel of the dashboard has something to show then, and
 * each rule can be evaluated. In the profile {@code prometheus}.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class PrometheusIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Path DASHBOARD = Path.of("docs/monitoring/lockstep-dashboard.json");

    @Deployment(name = NAME, testable = false)
    static WebArchive application() {
        return MeasuredApplication.application();
    }

    @Test
    void eachPanelHasSomethingToShowAndEachRuleIsEvaluated(@TempDir Path directory) throws Exception {
        List<String> expressions = expressions().toList();
        assertThat(expressions).hasSizeGreaterThan(25);
        try (Prometheus prometheus = Prometheus.scraping(MeasuredApplication.metrics(), directory)) {
            await().atMost(LONG).ignoreExceptions().until(() -> prometheus.count("lockstep_nodes") > 0);
            Stream.of("hit", "silence", "fill", "hit").forEach(MeasuredApplication::act);

            for (String expression : expressions) {
                await(expression).atMost(LONG).until(() -> {
                    act("hit");
                    return prometheus.count(expression) > 0;
                });
            }
            await().atMost(LONG).until(() -> prometheus.count("lockstep:lease_missing:ratio5m") > 0);
            assertThat(health(prometheus)).isNotEmpty().allMatch("ok"::equals);
        }
    }

    private static Stream<String> health(Prometheus prometheus) {
        return prometheus.ask("rules").getJsonObject("data").getJsonArray("groups").stream()
                .flatMap(group -> group.asJsonObject().getJsonArray("rules").stream())
                .map(rule -> rule.asJsonObject().getString("health"));
    }

    /** With what Grafana would put in. */
    private static Stream<String> expressions() throws IOException {
        return panels().flatMap(panel -> panel.getJsonArray("targets").stream())
                .map(target -> target.asJsonObject()
                        .getString("expr")
                        .replace("$application", ".*")
                        .replace("$__rate_interval", "30s")
                        .replace("$__range", "1m"))
                .filter(expression -> !(MeasuredApplication.isWildFly() && expression.contains("_bucket{")));
    }

    private static Stream<JsonObject> panels() throws IOException {
        try (Reader text = Files.newBufferedReader(DASHBOARD);
                JsonReader reader = Json.createReader(text)) {
            return reader.readObject().getJsonArray("panels").stream()
                    .map(JsonValue::asJsonObject)
                    .filter(panel -> panel.containsKey("targets"));
        }
    }
}

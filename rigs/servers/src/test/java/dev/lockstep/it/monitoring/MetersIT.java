package dev.lockstep.it.monitoring;

import static dev.lockstep.it.monitoring.MeasuredApplication.NAME;
import static dev.lockstep.it.monitoring.MeasuredApplication.act;
import static dev.lockstep.it.monitoring.MeasuredApplication.jmx;
import static dev.lockstep.it.monitoring.MeasuredApplication.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each value is caused, read by JMX, and seen in what the server itself shows to Prometheus: by
 * Micrometer on WildFly, by MicroProfile Metrics on Payara.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class MetersIT {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `lockstep\\.[^|]*\\| `(\\w+)` \\| (\\w+),");

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive application() {
        return MeasuredApplication.application();
    }

    @Test
    void whatIsCausedIsSeen() {
        deployer.deploy(NAME);
        try {
            await().until(() -> !jmx("LeaseRemainingSeconds").equals("0.0"));
            aHit();
            aRefusedRequest();
            aBrokenCache();
            aSilentNode();
            aFullQueue();
            aStoreThatIsAway();
            everyMeterIsShown();
            theServerShowsWhatJmxShows();
        } finally {
            deployer.undeploy(NAME);
        }
        if (MeasuredApplication.isWildFly()) {
            nothingIsLeft();
        }
    }

    private void aHit() {
        act("hit");
        assertThat(jmx("CacheGetsNearHit")).isEqualTo("1");
        assertThat(jmx("ValidationsNearLive")).isEqualTo("1");
    }

    private void aRefusedRequest() {
        assertThat(refused()).isEqualTo(401);
        assertThat(jmx("RequestsRefusedMissing")).isEqualTo("1");
    }

    private void aBrokenCache() {
        act("break");
        assertThat(jmx("BreakerOpenWrite")).isEqualTo("1.0");
        act("mend");
        await().until(() -> jmx("BreakerOpenWrite").equals("0.0"));
    }

    private void aSilentNode() {
        act("silence");
        assertThat(jmx("RevocationNodesWaitedOut")).isEqualTo("1");
        assertThat(jmx("RevocationDurationWaitedOut")).isEqualTo("1");
        await().until(() -> jmx("NodesFenced").equals("1"));
    }

    private void aFullQueue() {
        assertThat(act("fill")).isEqualTo("1.0");
        assertThat(Integer.parseInt(jmx("StoreQueueLeftRevocationsRefused"))).isPositive();
        assertThat(Integer.parseInt(jmx("StoreTimeoutsRevocations"))).isPositive();
        assertThat(jmx("StoreQueueSizeRevocations")).isEqualTo("0.0");
    }

    private void aStoreThatIsAway() {
        act("take-away");
        await().until(() -> jmx("LeaseRemainingSeconds").equals("0.0"));
        assertThat(Double.parseDouble(jmx("PollAgeSeconds"))).isGreaterThan(.5);
        assertThat(Integer.parseInt(jmx("PollFailures"))).isPositive();
        act("give-back");
        await().until(() -> !jmx("LeaseRemainingSeconds").equals("0.0"));
        assertThat(jmx("LeaseLostRanOut")).isEqualTo("1");
    }

    private void everyMeterIsShown() {
        List<MatchResult> rows = ROW.matcher(reference()).results().toList();
        String shown = shown();
        assertThat(rows).hasSizeGreaterThan(30);
        assertThat(rows.stream()
                        .map(MetersIT::pattern)
                        .filter(row -> !row.matcher(shown).find()))
                .as(shown)
                .isEmpty();
    }

    private static Pattern pattern(MatchResult row) {
        String name = row.group(1) + (row.group(2).equals("timer") ? "_count" : "");
        return Pattern.compile("(?m)^" + name + "\\{[^}]*application=\"measured\"");
    }

    private static String reference() {
        try {
            return Files.readString(Path.of("docs/reference/meters.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What MicroProfile Metrics shows may be a second old. */
    private void theServerShowsWhatJmxShows() {
        await().untilAsserted(() -> {
            assertThat(value("lockstep_cache_gets_total", "cache=\"near\"", "result=\"hit\""))
                    .isEqualTo(number("CacheGetsNearHit"));
            assertThat(value("lockstep_requests_refused_total", "reason=\"missing\""))
                    .isEqualTo(1);
            assertThat(value("lockstep_revocation_nodes_total", "settled=\"waited_out\""))
                    .isEqualTo(1);
            assertThat(value("lockstep_revocation_duration_seconds_count", "settled=\"waited_out\""))
                    .isEqualTo(1);
            assertThat(value("lockstep_revocation_duration_seconds_sum", "settled=\"waited_out\""))
                    .isBetween(.2, 10.0);
            assertThat(value("lockstep_store_queue_left_total", "queue=\"revocations\"", "reason=\"refused\""))
                    .isEqualTo(number("StoreQueueLeftRevocationsRefused"));
            assertThat(value("lockstep_lease_lost_total", "reason=\"ran_out\"")).isEqualTo(1);
            assertThat(value("lockstep_lease_remaining_seconds")).isBetween(0.01, 1.0);
            assertThat(value("lockstep_breaker_open", "operation=\"write\"")).isZero();
            assertThat(value("lockstep_nodes")).isPositive();
        });
    }

    /**
     * On Payara Micro the server ends with the application; that what is undeployed leaves nothing
     * there is tried by the test of redeployments.
     */
    private static void nothingIsLeft() {
        assertThat(shown()).doesNotContain("application=\"measured\"");
    }

    private static double number(String attribute) {
        return Double.parseDouble(jmx(attribute));
    }

    private static double value(String name, String... labels) {
        return shown().lines()
                .filter(line -> line.startsWith(name + "{") && line.contains("application=\"measured\""))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .map(line -> line.substring(line.indexOf('}') + 1).trim().split(" ")[0])
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
    }

    private static String shown() {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(MeasuredApplication.metrics())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.lockstep.it.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Median;
import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code ./mvnw -Pbench-http verify}: requests per second of the same servlet in the same application behind the filter
 * and before it, in turn, on each server. Which comes first changes with each pair. It writes the goal's line to
 * {@code target/bench/http}; the value is no reason to fail.
 */
@ExtendWith(ArquillianExtension.class)
class FilterCostIT {

    private static final boolean QUICK = Boolean.getBoolean("bench.quick");
    private static final int PAIRS = QUICK ? 5 : 15;
    private static final int SECONDS = QUICK ? 2 : 4;
    private static final int WARM_UP_SECONDS = QUICK ? 5 : 15;

    private final Http http = Http.to("filter-cost");
    private final List<Double> with = new ArrayList<>();
    private final List<Double> without = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    @Deployment(testable = false)
    static WebArchive site() {
        return Deployments.war(
                "filter-cost",
                Map.of("lockstep.web.protect", "/api/*", "lockstep.nodes", "single"),
                HelloCostServlet.class);
    }

    @Test
    void measuresPairs() throws Exception {
        String token = http.get("/token").body();
        assertThat(http.get("/api/hello", "Authorization", "Bearer " + token).body())
                .isEqualTo("hello");
        assertThat(http.get("/api/hello").statusCode()).isEqualTo(401);
        run("/api/hello", token, WARM_UP_SECONDS);
        run("/free/hello", token, WARM_UP_SECONDS);
        for (int pair = 0; pair < PAIRS; pair++) {
            boolean filterFirst = pair % 2 == 0;
            double first = run(filterFirst ? "/api/hello" : "/free/hello", token, SECONDS);
            double second = run(filterFirst ? "/free/hello" : "/api/hello", token, SECONDS);
            with.add(filterFirst ? first : second);
            without.add(filterFirst ? second : first);
            ratios.add(filterFirst ? first / second : second / first);
        }
        write();
    }

    private double run(String path, String token, int seconds) throws Exception {
        return Wrk.run(http.uri(path), token, seconds);
    }

    private void write() throws Exception {
        String server = System.getProperty("arquillian.launch");
        Path directory = Path.of(System.getProperty("bench.directory"), "http");
        Files.createDirectories(directory);
        String table = String.format(
                Locale.ROOT,
                "%s: with the filter %,.0f requests per second, without %,.0f (medians of %d pairs); ratios %.3f to %.3f%n",
                server,
                Median.of(with),
                Median.of(without),
                PAIRS,
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow());
        Goal goal = Goal.atLeast("filter-" + server, Median.of(ratios), 0.95);
        Files.writeString(directory.resolve("1-" + server + ".txt"), table);
        Files.writeString(directory.resolve("2-" + server + ".txt"), goal.line() + "\n");
    }
}

package dev.lockstep.it.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Median;
import dev.lockstep.it.Deployments;
import dev.lockstep.it.HelloServlet;
import dev.lockstep.it.Http;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code ./mvnw -Pbench-http verify}: requests per second of the same servlet in an application
 * behind the filter and in one without Lockstep, in turn, on each server. Which comes first changes
 * with each pair. It writes the goal's line to {@code target/results/http}; the value is no reason
 * to fail.
 */
@ExtendWith(ArquillianExtension.class)
class FilterCostIT {

    private static final String SERVER = System.getProperty("arquillian.launch");
    private static final String PLAIN = "plain";
    private static final String HELLO = "/hello";
    private static final boolean QUICK = Boolean.getBoolean("bench.quick");
    private static final int PAIRS = QUICK ? 9 : 31;
    private static final int SECONDS = QUICK ? 2 : 3;
    private static final int WARM_UP_SECONDS = QUICK ? 10 : 30;

    private final Http protectedSite = Http.to("protected");
    private final Http plainSite = Http.to(PLAIN);
    private final List<Double> with = new ArrayList<>();
    private final List<Double> without = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    @Deployment(name = "protected", testable = false)
    static WebArchive protectedSite() {
        return Deployments.war(
                "protected",
                Map.of("lockstep.web.protect", HELLO, "lockstep.nodes", "single"),
                HelloServlet.class,
                TokenServlet.class);
    }

    /**
     * Payara Micro has one deployment of Arquillian's at a time, and is told of this one by its
     * command line.
     */
    @Deployment(name = PLAIN, managed = false, testable = false)
    static WebArchive plainSite() {
        WebArchive war = Deployments.plainWar(PLAIN, HelloServlet.class);
        war.as(ZipExporter.class).exportTo(new File(System.getProperty("bench.plain")), true);
        return war;
    }

    @Test
    void measuresPairs(@ArquillianResource Deployer deployer) throws Exception {
        if (SERVER.equals("wildfly")) {
            deployer.deploy(PLAIN);
        }
        String token = protectedSite.get("/token").body();
        String bearer = "Bearer " + token;
        assertThat(protectedSite.get(HELLO, "Authorization", bearer).body()).startsWith("hello");
        assertThat(protectedSite.get(HELLO).statusCode()).isEqualTo(401);
        assertThat(plainSite.get(HELLO).body()).startsWith("hello");
        Wrk.run(protectedSite.uri(HELLO), token, WARM_UP_SECONDS);
        Wrk.run(plainSite.uri(HELLO), token, WARM_UP_SECONDS);
        for (int pair = 0; pair < PAIRS; pair++) {
            measurePair(token, pair % 2 == 0);
        }
        write();
    }

    private void measurePair(String token, boolean protectedFirst) throws Exception {
        double first = Wrk.run((protectedFirst ? protectedSite : plainSite).uri(HELLO), token, SECONDS);
        double second = Wrk.run((protectedFirst ? plainSite : protectedSite).uri(HELLO), token, SECONDS);
        with.add(protectedFirst ? first : second);
        without.add(protectedFirst ? second : first);
        ratios.add(protectedFirst ? first / second : second / first);
    }

    private void write() throws Exception {
        Path directory = Path.of(System.getProperty("bench.directory"), "http");
        Files.createDirectories(directory);
        String table = String.format(
                Locale.ROOT,
                "%s: with the filter %,.0f requests per second, without %,.0f (medians of %d pairs); ratios %.3f to %.3f%n",
                SERVER,
                Median.of(with),
                Median.of(without),
                PAIRS,
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow());
        Goal goal = Goal.atLeast("filter-" + SERVER, Median.of(ratios), 0.97);
        Files.writeString(directory.resolve("1-" + SERVER + ".txt"), table);
        Files.writeString(directory.resolve("2-" + SERVER + ".txt"), goal.line() + "\n");
    }
}

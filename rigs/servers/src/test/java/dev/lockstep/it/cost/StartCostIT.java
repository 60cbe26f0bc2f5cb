package dev.lockstep.it.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Median;
import dev.lockstep.it.Deployments;
import dev.lockstep.it.HelloServlet;
import dev.lockstep.it.server.ManagementCli;
import dev.lockstep.it.server.WildFlyBase;
import dev.lockstep.it.server.WildFlyNode;
import dev.lockstep.process.Ports;
import dev.lockstep.process.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./mvnw -Pbench-http verify}: how much longer WildFly takes to deploy an application with
 * Lockstep, whose tables are there, than the same without. The server runs all the time, has the
 * archives already, and deploys each once per round, by turns; the times are those of its own log.
 * It writes the goals' lines to {@code target/results/http}; the values are no reason to fail.
 */
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
class StartCostIT {

    private static final boolean QUICK = Boolean.getBoolean("bench.quick");
    private static final int WARM_UP = QUICK ? 4 : 10;
    private static final int ROUNDS = QUICK ? 9 : 21;
    private static final double BOUND_MILLIS = 300;

    private static final String PLAIN = "bare";
    private static final List<String> STORES = List.of("h2", "postgresql");
    private static final String DRIVER = "driver.jar";
    private static final String POOL = """
            data-source add --name=Sessions --jndi-name=java:jboss/datasources/Sessions --driver-name=%s \
            --connection-url=%s --user-name=postgres --jta=false --max-pool-size=20
            """;

    private static final Pattern LINE =
            Pattern.compile("(?m)^.*?(\\d\\d:\\d\\d:\\d\\d),(\\d{3}) .*(WFLYSRV0027|WFLYSRV0010).*? \"(\\w+)\\.war\"");

    @Test
    void measuresRounds(@TempDir Path directory) throws Exception {
        try (PostgresServer postgres = PostgresServer.start(Map.of("fsync", "on", "synchronous_commit", "on"))) {
            WildFlyBase base = WildFlyBase.make(directory, "jdbc:h2:mem:start;DB_CLOSE_DELAY=-1", archives(directory));
            base.configure(POOL.formatted(DRIVER, postgres.url("postgres")));
            int management = Ports.free();
            try (WildFlyNode server = WildFlyNode.measured(
                    base,
                    Map.of(
                            "jboss.http.port",
                            Integer.toString(Ports.free()),
                            "jboss.management.http.port",
                            Integer.toString(management)))) {
                server.awaitDeployment();
                ManagementCli.ask(base, management, rounds(directory));
                write(server.log());
            }
        }
    }

    private static Map<String, Path> archives(Path directory) throws IOException {
        Path driver = Path.of(org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return Map.of(
                DRIVER,
                driver,
                PLAIN + ".war",
                export(Deployments.plainWar(PLAIN, HelloServlet.class), directory),
                "h2.war",
                export(Deployments.war("h2", Map.of(), HelloServlet.class), directory),
                "postgresql.war",
                export(
                        Deployments.war(
                                "postgresql",
                                Map.of("lockstep.store.datasource", "java:jboss/datasources/Sessions"),
                                HelloServlet.class),
                        directory));
    }

    private static Path export(WebArchive war, Path directory) {
        Path file = directory.resolve(war.getName());
        war.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    /** Commands that have the server deploy each in turn, beginning with another in each round. */
    private static Path rounds(Path directory) throws IOException {
        List<String> commands = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(PLAIN));
        names.addAll(STORES);
        names.forEach(name -> commands.add("deployment disable " + name + ".war"));
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            for (String name : names) {
                commands.add("deployment enable " + name + ".war");
                commands.add("deployment disable " + name + ".war");
            }
            Collections.rotate(names, 1);
        }
        return Files.write(directory.resolve("rounds.cli"), commands, UTF_8);
    }

    private static void write(String log) throws IOException {
        List<Double> without = times(log, PLAIN);
        List<String> table = new ArrayList<>();
        List<String> goals = new ArrayList<>();
        for (String store : STORES) {
            List<Double> with = times(log, store);
            List<Double> differences = IntStream.range(0, ROUNDS)
                    .mapToObj(i -> with.get(i) - without.get(i))
                    .toList();
            table.add(String.format(
                    Locale.ROOT,
                    "start, %s: with Lockstep %.0f ms, without %.0f (medians of %d pairs); differences %.0f to %.0f",
                    store,
                    Median.of(with),
                    Median.of(without),
                    ROUNDS,
                    Collections.min(differences),
                    Collections.max(differences)));
            goals.add(Goal.atMost("start-" + store, Median.of(differences), BOUND_MILLIS)
                    .line());
        }
        Path directory = Path.of(System.getProperty("bench.directory"), "http");
        Files.createDirectories(directory);
        Files.write(directory.resolve("1-start.txt"), table, UTF_8);
        Files.write(directory.resolve("2-start.txt"), goals, UTF_8);
    }

    /** How long an application took in each of the rounds that count, in milliseconds. */
    private static List<Double> times(String log, String name) {
        List<Double> times = new ArrayList<>();
        LocalTime start = LocalTime.MIN;
        Matcher line = LINE.matcher(log);
        while (line.find()) {
            LocalTime time = LocalTime.parse(line.group(1) + "." + line.group(2));
            if (!line.group(4).equals(name)) {
                continue;
            }
            if (line.group(3).equals("WFLYSRV0027")) {
                start = time;
            } else {
                times.add((double) start.until(time, ChronoUnit.MILLIS));
            }
        }
        return times.subList(times.size() - ROUNDS, times.size());
    }
}

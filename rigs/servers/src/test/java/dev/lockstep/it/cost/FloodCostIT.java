package dev.lockstep.it.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Median;
import dev.lockstep.it.Deployments;
import dev.lockstep.it.HelloServlet;
import dev.lockstep.it.server.WildFlyBase;
import dev.lockstep.it.server.WildFlyNode;
import dev.lockstep.process.Ports;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./mvnw -Pbench-http verify}: what some ten thousand forged tokens a second leave of a
 * WildFly with PostgreSQL: how many statements the database gets, and how long logins take. By
 * turns there is no flood, the flood at Lockstep's filter, and the same flood at a servlet that
 * refuses everybody without Lockstep; logins come at one pace all the time. It writes the goals'
 * lines to {@code target/results/http}; the values are no reason to fail.
 */
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
class FloodCostIT {

    private static final boolean QUICK = Boolean.getBoolean("bench.quick");
    private static final int ROUNDS = 3;

    /** A minute of each in all. */
    private static final int SECONDS = QUICK ? 5 : 20;

    private static final int WARM_UP_SECONDS = QUICK ? 5 : 15;
    private static final String APPLICATION = "/flood";
    private static final String DRIVER = "driver.jar";
    private static final String POOL = """
            data-source add --name=Sessions --jndi-name=java:jboss/datasources/Sessions --driver-name=%s \
            --connection-url=%s --user-name=postgres --jta=false --max-pool-size=20
            """;

    /** What comes in beside the logins. */
    private enum Flood {
        NONE(""),
        FLOOR("/floor/refused"),
        FORGED("/flood/hello");

        private final String path;

        Flood(String path) {
            this.path = path;
        }
    }

    /** Of one period. */
    private record Measured(double rate, double statements, double p50, double p99, int logins) {}

    private final Map<Flood, List<Measured>> measured = new EnumMap<>(Flood.class);

    @Test
    void measuresRounds(@TempDir Path directory) throws Exception {
        try (PostgresServer postgres = PostgresServer.start(Map.of("fsync", "on", "synchronous_commit", "on"))) {
            DataSource database = postgres.dataSource();
            ageKey(database);
            WildFlyBase base = WildFlyBase.make(directory, "jdbc:h2:mem:flood;DB_CLOSE_DELAY=-1", archives(directory));
            base.configure(POOL.formatted(DRIVER, postgres.url("postgres")));
            int port = Ports.free();
            try (WildFlyNode server = WildFlyNode.measured(
                    base,
                    Map.of(
                            "jboss.http.port",
                            Integer.toString(port),
                            "jboss.management.http.port",
                            Integer.toString(Ports.free())))) {
                server.awaitDeployment();
                measure(directory, database, "http://127.0.0.1:" + port);
            }
        }
        write();
    }

    /** As after some days: from then on every session's token has a tag. */
    private static void ageKey(DataSource database) throws SQLException {
        try (JdbcStore store =
                JdbcStore.open(database, APPLICATION, StoreSettings.DEFAULTS, Executors.defaultThreadFactory())) {
            store.keyRing(Duration.ofDays(1)).destroy();
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE lockstep_key SET created_at = created_at - 864000000");
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
                "floor.war",
                export(Deployments.plainWar("floor", RefusingServlet.class), directory),
                "flood.war",
                export(
                        Deployments.war(
                                "flood",
                                Map.of(
                                        "lockstep.web.protect",
                                        "/hello",
                                        "lockstep.store.datasource",
                                        "java:jboss/datasources/Sessions"),
                                HelloServlet.class,
                                TokenServlet.class),
                        directory));
    }

    private static Path export(WebArchive war, Path directory) {
        Path file = directory.resolve(war.getName());
        war.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    private void measure(Path directory, DataSource database, String server) throws Exception {
        Path script = Wrk.forgedTokens(directory);
        try (Logins logins = new Logins(URI.create(server + "/flood/token"))) {
            for (Flood flood : List.of(Flood.FLOOR, Flood.FORGED)) {
                Wrk.refused(URI.create(server + flood.path), script, WARM_UP_SECONDS);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Flood flood : Flood.values()) {
                    Measured one = period(flood, logins, database, server, script);
                    measured.computeIfAbsent(flood, each -> new ArrayList<>()).add(one);
                }
            }
        }
    }

    private static Measured period(Flood flood, Logins logins, DataSource database, String server, Path script)
            throws Exception {
        var unused = logins.take();
        long before = transactions(database);
        long began = System.nanoTime();
        double rate = 0;
        if (flood == Flood.NONE) {
            Thread.sleep(Duration.ofSeconds(SECONDS).toMillis());
        } else {
            rate = Wrk.refused(URI.create(server + flood.path), script, SECONDS);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        List<Double> taken = logins.take();
        double statements = (transactions(database) - before) / seconds;
        return new Measured(rate, statements, Logins.percentile(taken, 50), Logins.percentile(taken, 99), taken.size());
    }

    /** Each statement of a look-up is one. The server tells them with a delay of up to a second. */
    private static long transactions(DataSource database) throws Exception {
        Thread.sleep(1_500);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT xact_commit + xact_rollback FROM pg_stat_database"
                        + " WHERE datname = current_database()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void write() throws IOException {
        List<String> table = new ArrayList<>();
        measured.forEach((flood, periods) -> table.add(String.format(
                Locale.ROOT,
                "flood, %s: %,.0f refused a second, %.1f transactions of the database a second, %d logins, p50 %.2f ms, p99"
                        + " %.2f (medians of %d periods of %d s)",
                flood.name().toLowerCase(Locale.ROOT),
                median(flood, Measured::rate),
                median(flood, Measured::statements),
                periods.stream().mapToInt(Measured::logins).sum(),
                median(flood, Measured::p50),
                median(flood, Measured::p99),
                periods.size(),
                SECONDS)));
        List<String> goals = List.of(
                Goal.atMost("flood-statements", ratio(Flood.NONE, Measured::statements), 1.1)
                        .line(),
                Goal.atMost("flood-login", ratio(Flood.FLOOR, Measured::p50), 1.25)
                        .line(),
                Goal.stated("flood-login-tail", ratio(Flood.FLOOR, Measured::p99))
                        .line(),
                Goal.stated("flood-login-to-none", ratio(Flood.NONE, Measured::p50))
                        .line(),
                Goal.stated("flood-login-tail-to-none", ratio(Flood.NONE, Measured::p99))
                        .line());
        Path directory = Path.of(System.getProperty("bench.directory"), "http");
        Files.createDirectories(directory);
        Files.write(directory.resolve("1-flood.txt"), table, UTF_8);
        Files.write(directory.resolve("2-flood.txt"), goals, UTF_8);
    }

    private interface Value {
        double of(Measured measured);
    }

    private double median(Flood flood, Value value) {
        return Median.of(measured.get(flood).stream().map(value::of).toList());
    }

    /** Of the flood of forged tokens to what was measured beside it, round by round. */
    private double ratio(Flood beside, Value value) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ratios.add(value.of(measured.get(Flood.FORGED).get(round))
                    / value.of(measured.get(beside).get(round)));
        }
        return Median.of(ratios);
    }
}

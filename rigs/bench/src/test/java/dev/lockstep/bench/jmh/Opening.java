package dev.lockstep.bench.jmh;

import dev.lockstep.bench.Clients;
import dev.lockstep.bench.Clients.Client;
import dev.lockstep.bench.Databases;
import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Median;
import dev.lockstep.bench.Node;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Row;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Logins of many clients at once, beside inserts of such rows, each client's by a connection of its
 * own in autocommit mode; the server forces each commit to its disk.
 */
final class Opening implements Part {

    private static final int CLIENTS = 64;

    private static final String INSERT = "INSERT INTO lockstep_session VALUES ('/plain', ?, ?, 'alice@example.com',"
            + " '[\"admin\",\"user\"]', NULL, 0, 0, 9999999999999, 3600000, 9999999999999)";

    @Override
    public String name() {
        return "open";
    }

    @Override
    public void measure(Report report, boolean quick) throws Exception {
        int seconds = quick ? 2 : 5;
        List<Double> ours = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (PostgresServer postgres = Databases.durablePostgres();
                var pool = Databases.pool(postgres);
                Node node = new Node(pool, null, null, FactsLimits.DEFAULT)) {
            for (int round = 0; round < 4; round++) {
                double logins = Clients.perSecond(CLIENTS, seconds, () -> login(node));
                double inserts = Clients.perSecond(CLIENTS, seconds, () -> insert(postgres));
                if (round > 0) {
                    ours.add(logins);
                    plain.add(inserts);
                    ratios.add(logins / inserts);
                }
            }
        }
        report.add(new Row("lockstep logins, 64 clients", Median.of(ours), "per s"));
        report.add(new Row("plain inserts, 64 clients", Median.of(plain), "per s"));
        report.add(Goal.atLeast("open", Median.of(ratios), 0.7));
    }

    private static Client login(Node node) {
        return Client.repeating(() -> node.sessions().open("alice@example.com", Set.of("user", "admin"), Map.of()));
    }

    private static Client insert(PostgresServer postgres) throws SQLException {
        Connection connection = DriverManager.getConnection(postgres.url("postgres"), "postgres", "");
        PreparedStatement insert = connection.prepareStatement(INSERT);
        return end -> {
            try (connection;
                    insert) {
                return Client.repeating(() -> inserted(insert)).workUntil(end);
            }
        };
    }

    private static int inserted(PreparedStatement insert) throws SQLException {
        byte[] digest = new byte[32];
        ThreadLocalRandom.current().nextBytes(digest);
        insert.setString(1, UUID.randomUUID().toString());
        insert.setBytes(2, digest);
        return insert.executeUpdate();
    }
}

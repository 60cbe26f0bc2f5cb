package dev.lockstep.bench.jmh;

import dev.lockstep.SessionToken;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.session.SessionRepository;

/**
 * Many clients at once without a cache, so that each find asks the store, beside Spring Session on
 * the same server, through a pool of the same size.
 */
final class FindStore implements Part {

    private static final int SESSIONS = 1_000;
    private static final int[] CLIENTS = {1, 8, 64};

    @Override
    public String name() {
        return "find-store";
    }

    @Override
    public void measure(Report report, boolean quick) throws Exception {
        int seconds = quick ? 2 : 5;
        try (PostgresServer postgres = Databases.postgres();
                var pool = Databases.pool(postgres);
                var theirPool = Databases.pool(postgres);
                Node node = new Node(pool, null, null, FactsLimits.DEFAULT)) {
            List<SessionToken> tokens = open(node);
            SessionRepository<?> spring = Spring.jdbc(theirPool);
            List<String> identifiers = Spring.fill(spring);
            Client ours =
                    Client.repeating(() -> node.sessions().find(one(tokens)).orElseThrow());
            Client theirs = Client.repeating(() -> spring.findById(one(identifiers)));
            double last = Double.NaN;
            for (int clients : CLIENTS) {
                last = compare(report, clients, seconds, ours, theirs);
            }
            report.add(Goal.atLeast("find-store", last, 3));
        }
    }

    /** In rounds, of which the first warms up. */
    private static double compare(Report report, int clients, int seconds, Client ours, Client theirs)
            throws Exception {
        List<Double> finds = new ArrayList<>();
        List<Double> peers = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            double mine = Clients.perSecond(clients, seconds, () -> ours);
            double spring = Clients.perSecond(clients, seconds, () -> theirs);
            if (round > 0) {
                finds.add(mine);
                peers.add(spring);
                ratios.add(mine / spring);
            }
        }
        report.add(new Row("lockstep finds in the store, " + clients + " clients", Median.of(finds), "per s"));
        report.add(new Row("Spring Session JDBC, " + clients + " clients", Median.of(peers), "per s"));
        return Median.of(ratios);
    }

    private static <T> T one(List<T> all) {
        return all.get(ThreadLocalRandom.current().nextInt(all.size()));
    }

    private static List<SessionToken> open(Node node) {
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            tokens.add(node.sessions()
                    .open("user-" + i + "@example.com", Set.of("user", "admin"), Map.of())
                    .token());
        }
        return tokens;
    }
}

package dev.lockstep.bench.jmh;

import dev.lockstep.SessionToken;
import dev.lockstep.bench.Databases;
import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Node;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Row;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.process.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * What the recording of uses costs the store: statements of a node, the log's polls among them, for
 * each use that is recorded, while 10,000 sessions are used once a second. Of an idle timeout of
 * ten seconds a tenth is one, so that as many uses as may be are recorded.
 */
final class Touching implements Part {

    private static final int SESSIONS = 10_000;
    private static final Duration IDLE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "touch";
    }

    @Override
    public void measure(Report report, boolean quick) throws Exception {
        int seconds = quick ? 5 : 30;
        try (PostgresServer postgres = Databases.postgres();
                var pool = Databases.pool(postgres)) {
            CountedStatements counted = new CountedStatements(pool);
            try (Node node =
                    Node.idling(counted.dataSource(), MemoryCacheProvider.open(Node.context(2 * SESSIONS)), IDLE)) {
                List<SessionToken> tokens = open(node);
                node.awaitLease(tokens.get(0));
                long before = counted.count();
                use(node, tokens, seconds);
                double statements = counted.count() - before;
                double recorded = recorded(pool);
                report.add(new Row("lockstep uses recorded", recorded / seconds, "per s"));
                report.add(Goal.atMost("touch", statements / recorded, 0.02));
            }
        }
    }

    private static List<SessionToken> open(Node node) {
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            tokens.add(
                    node.sessions().open("user-" + i, Set.of("user"), Map.of()).token());
        }
        return tokens;
    }

    /** Each once a second, spread over the second. */
    private static void use(Node node, List<SessionToken> tokens, int seconds) {
        long start = System.nanoTime();
        long pause = TimeUnit.SECONDS.toNanos(1) / tokens.size();
        for (int i = 0; i < seconds * tokens.size(); i++) {
            node.sessions().find(tokens.get(i % tokens.size())).orElseThrow();
            long early = start + i * pause - System.nanoTime();
            if (early > 1_000_000) {
                LockSupport.parkNanos(early);
            }
        }
    }

    /** As the server has counted them, once its idle processes have told. */
    private static long recorded(DataSource dataSource) throws Exception {
        TimeUnit.SECONDS.sleep(11);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'lockstep_session'")) {
            row.next();
            return row.getLong(1);
        }
    }
}

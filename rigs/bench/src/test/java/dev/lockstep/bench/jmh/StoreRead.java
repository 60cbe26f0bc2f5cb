package dev.lockstep.bench.jmh;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.bench.Databases;
import dev.lockstep.bench.Node;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.web.HeaderLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** From a new header to the session without any cache: each is read from PostgreSQL. */
public class StoreRead extends Call {

    private static final int SESSIONS = 1_000;

    private PostgresServer postgres;
    private DataSource pool;
    private Node node;
    private SessionManager manager;
    private Headers headers;

    @Setup
    public void open() throws Exception {
        postgres = Databases.postgres();
        pool = Databases.pool(postgres);
        node = new Node(pool, null, null, FactsLimits.DEFAULT);
        manager = node.sessions();
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            IssuedToken issued = manager.open("user-" + i + "@example.com", Set.of("user", "admin"), Map.of());
            tokens.add(issued.token());
        }
        tokens.forEach(token -> manager.find(token).orElseThrow());
        headers = Headers.bearing(tokens);
    }

    @TearDown
    public void close() throws Exception {
        node.close();
        ((AutoCloseable) pool).close();
        postgres.close();
    }

    @Override
    @Nullable
    Object once() {
        return HeaderLookup.find(manager, headers.next());
    }
}

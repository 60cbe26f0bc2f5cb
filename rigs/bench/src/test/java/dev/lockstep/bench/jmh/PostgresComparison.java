package dev.lockstep.bench.jmh;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.bench.Databases;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.process.PostgresServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** PostgreSQL, by one connection, on a table of its own with the same bytes. */
final class PostgresComparison implements Comparison {

    private final PostgresServer server = Databases.postgres();
    private final SqlClient client =
            new SqlClient(DriverManager.getConnection(server.url("postgres"), "postgres", ""), "bytea");

    PostgresComparison() throws Exception {}

    @Override
    public SessionCache cache(ContractContext context) {
        return Comparison.cache("database", Map.of("url", server.url("postgres"), "user", "postgres"), context);
    }

    @Override
    public void plant(TokenDigest digest, byte[] bytes) throws SQLException {
        client.put(digest, bytes);
    }

    @Override
    public byte[] get(TokenDigest digest) throws SQLException {
        return client.get(digest);
    }

    @Override
    public void close() throws Exception {
        client.close();
        server.close();
    }
}

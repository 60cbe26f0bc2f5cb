package dev.lockstep.cache.database;

import dev.lockstep.TokenDigest;
import dev.lockstep.contract.SharedCacheContract;
import dev.lockstep.process.PostgresServer;
import dev.lockstep.spi.SessionCacheProvider;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;

class PostgresCacheContractTest extends SharedCacheContract {

    @AutoClose
    private PostgresServer postgres;

    private String version;

    @Override
    protected void startBackend() throws Exception {
        postgres = PostgresServer.start(Map.of());
        try (Connection connection = postgres.dataSource().getConnection()) {
            version = connection.getMetaData().getDatabaseProductVersion();
        }
    }

    @Override
    protected SessionCacheProvider provider() {
        return new DatabaseCacheProvider();
    }

    @Override
    protected String backend() {
        return "PostgreSQL " + version;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("url", postgres.url("postgres"), "user", "postgres");
    }

    @Override
    protected boolean expiresByOurClock() {
        return false;
    }

    @Override
    protected void plant(String application, TokenDigest digest, byte[] value) throws SQLException {
        String sql = "INSERT INTO lockstep_cache_1 VALUES (?, ?, ?, now(), now() + interval '1 hour')"
                + " ON CONFLICT (application, digest) DO UPDATE SET copy = excluded.copy";
        try (Connection connection = postgres.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, application);
            statement.setBytes(2, digest.toBytes());
            statement.setBytes(3, value);
            statement.executeUpdate();
        }
    }

    @Override
    protected byte @Nullable [] raw(String application, TokenDigest digest) throws SQLException {
        String sql = "SELECT copy FROM lockstep_cache_1 WHERE application = ? AND digest = ?";
        try (Connection connection = postgres.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, application);
            statement.setBytes(2, digest.toBytes());
            ResultSet rows = statement.executeQuery();
            return rows.next() ? rows.getBytes(1) : null;
        }
    }

    @Override
    protected long brought() {
        return allocatedByThisThread();
    }

    @Override
    protected List<byte[]> everything(String application) throws SQLException {
        List<byte[]> all = new ArrayList<>();
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT digest, copy FROM lockstep_cache_1")) {
            while (rows.next()) {
                all.addAll(List.of(rows.getBytes(1), rows.getBytes(2)));
            }
        }
        return all;
    }
}

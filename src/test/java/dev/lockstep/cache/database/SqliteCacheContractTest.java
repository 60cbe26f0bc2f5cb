package dev.lockstep.cache.database;

import dev.lockstep.TokenDigest;
import dev.lockstep.contract.SharedCacheContract;
import dev.lockstep.spi.SessionCacheProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;

class SqliteCacheContractTest extends SharedCacheContract {

    @TempDir
    static Path folder;

    @Override
    protected SessionCacheProvider provider() {
        return new DatabaseCacheProvider();
    }

    @Override
    protected String backend() {
        return "SQLite, by its driver " + SQLiteJDBCLoader.getVersion();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("url", url());
    }

    @Override
    protected void plant(String application, TokenDigest digest, byte[] value) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                PreparedStatement statement =
                        connection.prepareStatement("INSERT OR REPLACE INTO lockstep_cache_1 VALUES (?, ?, ?, ?)")) {
            statement.setString(1, application);
            statement.setBytes(2, digest.toBytes());
            statement.setBytes(3, withLongLife(value));
            statement.setLong(4, Long.MAX_VALUE);
            statement.executeUpdate();
        }
    }

    private static byte[] withLongLife(byte[] value) {
        return ByteBuffer.allocate(4 * Long.BYTES + value.length)
                .putLong(0)
                .putLong(0)
                .putLong(Long.MAX_VALUE)
                .putLong(Long.MAX_VALUE)
                .put(value)
                .array();
    }

    @Override
    protected byte @Nullable [] raw(String application, TokenDigest digest) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT copy FROM lockstep_cache_1 WHERE application = ? AND digest = ?")) {
            statement.setString(1, application);
            statement.setBytes(2, digest.toBytes());
            ResultSet rows = statement.executeQuery();
            return rows.next() ? withoutLife(rows.getBytes(1)) : null;
        }
    }

    private static byte[] withoutLife(byte[] copy) {
        return Arrays.copyOfRange(copy, 4 * Long.BYTES, copy.length);
    }

    @Override
    protected long brought() {
        return allocatedByThisThread();
    }

    @Override
    protected List<byte[]> everything(String application) throws IOException {
        return wholeFiles(folder);
    }

    private static String url() {
        return "jdbc:sqlite:" + folder.resolve("cache.db");
    }
}

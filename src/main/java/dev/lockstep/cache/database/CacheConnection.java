package dev.lockstep.cache.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection with its statements, each prepared once. Confined to one thread at a time. */
final class CacheConnection {

    private final Connection connection;
    private final CacheDialect dialect;
    private final @Nullable Object file;
    private final Map<CacheStatement, PreparedStatement> prepared = new EnumMap<>(CacheStatement.class);

    /** @param file what identifies the file that it leads to; null for a server */
    CacheConnection(Connection connection, CacheDialect dialect, @Nullable Object file) {
        this.connection = connection;
        this.dialect = dialect;
        this.file = file;
    }

    @Nullable
    Object file() {
        return file;
    }

    CacheDialect dialect() {
        return dialect;
    }

    Connection connection() {
        return connection;
    }

    /** A statement on the rows of an application, always the same one. */
    PreparedStatement statement(CacheStatement statement, String application) throws SQLException {
        PreparedStatement known = prepared.get(statement);
        return known == null ? prepare(statement, application) : known;
    }

    /** Closes the statements and the connection; what fails then has failed before. */
    void close() {
        prepared.values().forEach(CacheConnection::closeQuietly);
        closeQuietly(connection);
    }

    static void closeQuietly(@Nullable AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            // it is of no more use, and nothing depends on how it ends
        }
    }

    private PreparedStatement prepare(CacheStatement statement, String application) throws SQLException {
        PreparedStatement made = connection.prepareStatement(dialect.sql(statement, application));
        prepared.put(statement, made);
        return made;
    }
}

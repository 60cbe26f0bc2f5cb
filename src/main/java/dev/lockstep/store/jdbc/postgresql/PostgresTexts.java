package dev.lockstep.store.jdbc.postgresql;

import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which texts a PostgreSQL database can't express, because its encoding is not UTF8. Only the
 * database knows, so it is asked, once a statement has failed for that reason. Thread-safe.
 */
final class PostgresTexts {

    private static final String TAKE = "SELECT cardinality(CAST(:texts AS text[]))";

    private final SqlErrors errors;
    private final Sql take;

    PostgresTexts(PostgresDialect dialect) {
        this.errors = dialect.errors();
        this.take = dialect.sql(TAKE);
    }

    /**
     * Those that name nothing there, since they can't even be asked for. Asks for halves, so for
     * few of them quickly.
     */
    Set<String> inexpressible(StoreConnection connection, Collection<String> texts) throws SQLException {
        Set<String> found = new HashSet<>();
        collect(connection, List.copyOf(new HashSet<>(texts)), found);
        return found;
    }

    private void collect(StoreConnection connection, List<String> texts, Set<String> found) throws SQLException {
        if (texts.isEmpty() || takes(connection, texts)) {
            return;
        }
        if (texts.size() == 1) {
            found.add(texts.get(0));
            return;
        }
        int half = texts.size() / 2;
        collect(connection, texts.subList(0, half), found);
        collect(connection, texts.subList(half, texts.size()), found);
    }

    private boolean takes(StoreConnection connection, List<String> texts) throws SQLException {
        connection.deadline().check();
        try {
            return connection.first(take.with("texts", PostgresArray.of(texts.toArray(String[]::new))), row -> true)
                    != null;
        } catch (SQLException e) {
            if (errors.means(SqlErrors.Meaning.INEXPRESSIBLE, e)) {
                return false;
            }
            throw e;
        }
    }
}

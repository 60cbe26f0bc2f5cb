package dev.lockstep.store.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which texts a PostgreSQL database can't express, because its encoding is not UTF8. Only the database knows, so it is
 * asked, once a statement has failed for that reason. Thread-safe.
 */
final class PostgresTexts {

    private static final String TAKE = "SELECT cardinality(CAST(:texts AS text[]))";

    private final SqlErrors errors;
    private final Sql take;

    PostgresTexts(PostgresDialect dialect) {
        this.errors = dialect.errors();
        this.take = dialect.sql(TAKE);
    }

    /** Those that name nothing there, since they can't even be asked for. Asks for halves, so for few of them quickly. */
    Set<String> inexpressible(Link link, Collection<String> texts) throws SQLException {
        Set<String> found = new HashSet<>();
        collect(link, List.copyOf(new HashSet<>(texts)), found);
        return found;
    }

    private void collect(Link link, List<String> texts, Set<String> found) throws SQLException {
        if (texts.isEmpty() || takes(link, texts)) {
            return;
        }
        if (texts.size() == 1) {
            found.add(texts.get(0));
            return;
        }
        int half = texts.size() / 2;
        collect(link, texts.subList(0, half), found);
        collect(link, texts.subList(half, texts.size()), found);
    }

    private boolean takes(Link link, List<String> texts) throws SQLException {
        link.deadline().check();
        try {
            return link.first(take.with("texts", PostgresArray.of(texts.toArray(String[]::new))), row -> true) != null;
        } catch (SQLException e) {
            if (errors.is(SqlErrors.Meaning.INEXPRESSIBLE, e)) {
                return false;
            }
            throw e;
        }
    }
}

package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.SessionSearch.Page;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.SqlErrors.Meaning;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds and counts sessions by their identifiers and principals, by one statement each.
 * Thread-safe.
 *
 * <p>A page follows the index of the identifiers, or that of a principal's identifiers, from where
 * the page before has ended: what came before is not read again. An identifier has at least one
 * character, so an empty one comes before all. Each statement reads the clock row to name the
 * epoch, and that a standby can't tell: no replica ever answers.
 */
public final class SessionQueries {

    private static final String OF_ID = """
            LEFT JOIN lockstep_session s
            ON s.application = c.application AND {s.id = :id} AND s.valid_until > {now}
            """;

    /** The time is asked for in the inner query, too: H2 would give again what it remembers. */
    private static final String OF_ALL = """
            LEFT JOIN (SELECT {now} AS read_at, s.* FROM lockstep_session s
            WHERE s.application = :application AND s.id > :after AND s.valid_until > {now}
            ORDER BY %s LIMIT :limit) s ON s.application = c.application
            """;

    private static final String OF_PRINCIPAL = """
            LEFT JOIN (SELECT {now} AS read_at, s.* FROM lockstep_session s
            WHERE s.application = :application AND {s.principal = :principal}
            AND s.id > :after AND s.valid_until > {now}
            ORDER BY %s LIMIT :limit) s ON s.application = c.application
            """;

    private static final String COUNT_OF_ALL = """
            (SELECT COUNT(*) FROM lockstep_session s WHERE s.application = :application AND s.valid_until > {now})
            """;

    private static final String COUNT_OF_PRINCIPAL = """
            (SELECT COUNT(*) FROM lockstep_session s
            WHERE s.application = :application AND {s.principal = :principal} AND s.valid_until > {now})
            """;

    private static final int DIGEST = ClockReading.WIDTH + SessionTable.WIDTH + 1;

    private final SessionTable sessions;
    private final Dialect dialect;
    private final Sql ofId;
    private final Sql ofAll;
    private final Sql ofPrincipal;
    private final Sql countOfAll;
    private final Sql countOfPrincipal;

    SessionQueries(String application, SessionTable sessions, Dialect dialect) {
        this.sessions = sessions;
        this.dialect = dialect;
        this.ofId = reading(OF_ID, "").with("application", application);
        this.ofAll = page(OF_ALL, "s.application").with("application", application);
        this.ofPrincipal = page(OF_PRINCIPAL, "s.application, s.principal").with("application", application);
        this.countOfAll = dialect.sql(dialect.reading(COUNT_OF_ALL, "", "")).with("application", application);
        this.countOfPrincipal =
                dialect.sql(dialect.reading(COUNT_OF_PRINCIPAL, "", "")).with("application", application);
    }

    private Sql page(String join, String given) {
        return reading(join.formatted(dialect.orderOfIndex(given, "s.id")), "ORDER BY s.id");
    }

    private Sql reading(String join, String order) {
        return dialect.sql(dialect.reading("{session}, s.digest", join, order));
    }

    public Optional<SessionCopy> byId(StoreConnection connection, String id) throws SQLException {
        if (!NewSessions.isId(id)) {
            return Optional.empty();
        }
        return copies(connection, ofId.with("id", id)).stream().findFirst();
    }

    /** The live ones behind an identifier; of all principals where that is null. */
    public Page page(StoreConnection connection, @Nullable String principal, @Nullable String after, int limit)
            throws SQLException {
        if ((principal != null && !NewSessions.isPrincipal(principal)) || (after != null && !NewSessions.isId(after))) {
            return new Page(List.of(), null);
        }
        Sql query = principal == null ? ofAll : ofPrincipal.with("principal", principal);
        List<SessionCopy> read = copies(
                connection, query.with("after", after == null ? "" : after).with("limit", limit + 1L));
        List<SessionCopy> page = read.subList(0, Math.min(limit, read.size()));
        return new Page(
                page, read.size() > limit ? page.get(limit - 1).session().id() : null);
    }

    public long count(StoreConnection connection) throws SQLException {
        return counted(connection, countOfAll);
    }

    public long count(StoreConnection connection, String principal) throws SQLException {
        if (!NewSessions.isPrincipal(principal)) {
            return 0;
        }
        try {
            return counted(connection, countOfPrincipal.with("principal", principal));
        } catch (SQLException e) {
            return noneIfInexpressible(e, 0L);
        }
    }

    private static long counted(StoreConnection connection, Sql query) throws SQLException {
        return ClockReading.require(connection.first(query, row -> {
            ClockReading.map(row);
            return row.getLong(ClockReading.WIDTH + 1);
        }));
    }

    private List<SessionCopy> copies(StoreConnection connection, Sql query) throws SQLException {
        List<Optional<SessionCopy>> read;
        try {
            read = connection.query(query, this::copy);
        } catch (SQLException e) {
            return noneIfInexpressible(e, List.of());
        }
        if (read.isEmpty()) {
            throw new MissingClockException();
        }
        return read.stream().flatMap(Optional::stream).toList();
    }

    /** A name that the database can't express is nobody's. */
    private <T> T noneIfInexpressible(SQLException e, T none) throws SQLException {
        if (dialect.errors().means(Meaning.INEXPRESSIBLE, e)) {
            return none;
        }
        throw e;
    }

    private Optional<SessionCopy> copy(ResultSet row) throws SQLException {
        ClockReading clock = ClockReading.map(row);
        byte[] digest = row.getBytes(DIGEST);
        return digest == null
                ? Optional.empty()
                : Optional.of(clock.copyOf(TokenDigest.of(digest), sessions.map(row, ClockReading.WIDTH)));
    }
}

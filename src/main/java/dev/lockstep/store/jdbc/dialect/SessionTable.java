package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sessions: what their rows hold, and how they are found and listed, by one statement
 * each. Thread-safe.
 *
 * <p>A find reads the clock row no later than the session: the position that a copy carries is no
 * later than the row.
 *
 * <p>Groups and attributes are JSON text, null where there are none. The JSON-P provider is looked
 * up once: each lookup walks the class path.
 */
public final class SessionTable {

    /** What a query selects of the session {@code s}. */
    static final String COLUMNS = "s.id, s.principal, s.groups, s.attributes,"
            + " s.created_at, s.last_seen_at, s.expires_at, s.idle_timeout";

    /** How many columns {@link #map} reads. */
    public static final int WIDTH = 8;

    private static final int DIGEST = ClockReading.WIDTH + WIDTH + 1;

    private static final String OF_TOKEN = """
            LEFT JOIN lockstep_session s
            ON s.application = c.application AND s.digest = :digest AND s.valid_until > {now}
            """;

    /** By the collation of the column more names may be equal than that of the principal. */
    private static final String OF_PRINCIPAL = """
            LEFT JOIN lockstep_session s
            ON s.application = c.application AND s.principal = :principal AND s.valid_until > {now}
            """;

    private static final Comparator<Session> OLDEST_FIRST =
            Comparator.comparingLong(Session::createdAtMillis).thenComparing(Session::id);

    private final JsonProvider json = JsonProvider.provider();
    private final JsonReaderFactory readers = json.createReaderFactory(Map.of());
    private final SqlErrors errors;
    private final Dialect dialect;
    private final Sql find;
    private final Sql findEach;
    private final Sql list;

    public SessionTable(String application, Dialect dialect) {
        this.dialect = dialect;
        this.errors = dialect.errors();
        this.findEach = dialect.sql(dialect.reading("{session}, s.digest", dialect.sessionsOfTokens(), ""))
                .with("application", application);
        this.find = dialect.sql(dialect.reading("{session}", OF_TOKEN, "")).with("application", application);
        this.list = dialect.sql(dialect.reading("{session}", OF_PRINCIPAL, "")).with("application", application);
    }

    /** What there is of each, in their order. */
    public List<Optional<SessionCopy>> find(StoreConnection connection, List<TokenDigest> digests) throws SQLException {
        return digests.size() == 1 ? List.of(find(connection, digests.get(0))) : findEach(connection, digests);
    }

    private Optional<SessionCopy> find(StoreConnection connection, TokenDigest digest) throws SQLException {
        return ClockReading.require(connection.first(find.with("digest", digest.toBytes()), row -> found(row, digest)));
    }

    private List<Optional<SessionCopy>> findEach(StoreConnection connection, List<TokenDigest> digests)
            throws SQLException {
        Map<TokenDigest, SessionCopy> found = new HashMap<>();
        List<Boolean> read = connection.query(findEach.with("digests", dialect.digests(digests)), row -> {
            byte[] digest = row.getBytes(DIGEST);
            if (digest != null) {
                found(row, TokenDigest.of(digest)).ifPresent(copy -> found.put(copy.digest(), copy));
            }
            return true;
        });
        ClockReading.require(read.isEmpty() ? null : read);
        return digests.stream()
                .map(digest -> Optional.ofNullable(found.get(digest)))
                .toList();
    }

    /**
     * All of a principal, the oldest first. The clock row is read to name the epoch, and that a
     * standby can't tell: no replica ever answers.
     */
    public List<Session> list(StoreConnection connection, String principal) throws SQLException {
        List<Optional<Session>> read = sessions(connection, principal);
        if (read.isEmpty()) {
            throw new MissingClockException();
        }
        return read.stream()
                .flatMap(Optional::stream)
                .filter(session -> session.principal().equals(principal))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    /** A name that the database can't express is nobody's. */
    private List<Optional<Session>> sessions(StoreConnection connection, String principal) throws SQLException {
        try {
            return connection.query(list.with("principal", principal), this::session);
        } catch (SQLException e) {
            if (errors.means(SqlErrors.Meaning.INEXPRESSIBLE, e)) {
                return List.of(Optional.empty());
            }
            throw e;
        }
    }

    private Optional<SessionCopy> found(ResultSet row, TokenDigest digest) throws SQLException {
        ClockReading clock = ClockReading.map(row);
        return session(row).map(session -> clock.copyOf(digest, session));
    }

    private Optional<Session> session(ResultSet row) throws SQLException {
        int before = ClockReading.WIDTH;
        return row.getString(before + 1) == null ? Optional.empty() : Optional.of(map(row, before));
    }

    /** The session whose columns follow the first {@code before} ones. */
    public Session map(ResultSet row, int before) throws SQLException {
        return Session.ofMillis(
                row.getString(before + 1),
                row.getString(before + 2),
                groups(row.getString(before + 3)),
                attributes(row.getString(before + 4)),
                row.getLong(before + 5),
                row.getLong(before + 6),
                row.getLong(before + 7),
                row.getLong(before + 8));
    }

    /** Groups as they are kept; null for none. */
    public @Nullable String json(Set<String> groups) {
        if (groups.isEmpty()) {
            return null;
        }
        JsonArrayBuilder array = json.createArrayBuilder();
        new TreeSet<>(groups).forEach(array::add);
        return array.build().toString();
    }

    /** Attributes as they are kept; null for none. */
    public @Nullable String json(Map<String, String> attributes) {
        if (attributes.isEmpty()) {
            return null;
        }
        JsonObjectBuilder object = json.createObjectBuilder();
        new TreeMap<>(attributes).forEach(object::add);
        return object.build().toString();
    }

    private Set<String> groups(@Nullable String text) {
        if (text == null) {
            return Set.of();
        }
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            return reader.readArray().getValuesAs(JsonString.class).stream()
                    .map(JsonString::getString)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    private Map<String, String> attributes(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            return reader.readObject().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, e -> ((JsonString) e.getValue()).getString()));
        }
    }
}

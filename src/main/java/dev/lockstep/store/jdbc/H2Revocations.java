package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import dev.lockstep.Revocation.Cause;
import dev.lockstep.Revoked;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog.Committed;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Ends sessions in H2, step by step: in a database that runs in this JVM a statement costs no round trip. Thread-safe.
 *
 * <p>Texts are compared twice: by the database's collation, which an index serves and which finds all that is equal, and to
 * the letter, since by that collation more may be equal.
 */
final class H2Revocations {

    /**
     * A token means the session that lives under it; else the one that the log says it opened; else, where it was only
     * announced, the name that stands for its session there. The oldest row comes first.
     */
    private static final String ID_OF_TOKEN =
            Dialect.H2.sql("SELECT {now}, id, TRUE, 0 FROM lockstep_session WHERE application = ? AND digest = ?"
                    + " UNION ALL SELECT {now}, session_id, cause <> 'TOKEN_GONE', position"
                    + " FROM lockstep_revocation WHERE application = ? AND digest = ? ORDER BY 3 DESC, 4");

    private static final String END = "SELECT {now}, s.digest, s.id, s.principal FROM OLD TABLE"
            + " (DELETE FROM lockstep_session WHERE application = ?%s FETCH FIRST ? ROWS ONLY) s";

    private static final String OF_ID = " AND id = ? AND CAST(id AS VARBINARY) = ?";
    private static final String OF_PRINCIPAL = " AND principal = ? AND CAST(principal AS VARBINARY) = ?";

    private static final String END_BY_ID = Dialect.H2.sql(END.formatted(OF_ID));
    private static final String END_BY_PRINCIPAL = Dialect.H2.sql(END.formatted(OF_PRINCIPAL));
    private static final String END_OTHERS =
            Dialect.H2.sql(END.formatted(OF_PRINCIPAL + " AND CAST(id AS VARBINARY) <> ?"));
    private static final String END_ALL = Dialect.H2.sql(END.formatted(""));

    private static final String OF_SESSION = Dialect.H2.sql("SELECT {now}, " + LogRows.COLUMNS
            + " FROM lockstep_revocation r WHERE r.application = ? AND r.session_id = ?"
            + " AND CAST(r.session_id AS VARBINARY) = ? FETCH FIRST ? ROWS ONLY");

    private final String application;
    private final H2Log log;
    private final Feed feed;

    H2Revocations(String application, H2Log log, Feed feed) {
        this.application = application;
        this.log = log;
        this.feed = feed;
    }

    Committed<List<Revoked>> revoke(Link link, Targets targets) throws SQLException {
        Ended ended = link.transaction(tx -> {
            H2Log.Locked before = log.lock(tx);
            Map<TokenDigest, String> tokens = tokens(tx, targets);
            Set<String> named = new LinkedHashSet<>(List.of(targets.ids()));
            named.addAll(tokens.values());
            Set<String> full = new HashSet<>();
            List<LogEntry> entries = new ArrayList<>();
            for (String id : named) {
                entries.addAll(end(tx, END_BY_ID, id, bytes(id), 1L));
            }
            endInBulk(tx, targets, entries, full);
            entries.addAll(gone(targets, entries));
            return new Ended(before.head(), tokens, named, log.append(tx, before, entries), full);
        });
        List<Revocation> logged = new ArrayList<>();
        for (String id : ended.named) {
            logged.addAll(link.query(
                    OF_SESSION, row -> LogRows.map(row, 1), application, id, bytes(id), Targets.MOST_LOGGED + 1L));
        }
        List<Revoked> outcomes = targets.outcomes(ended.before, ended.tokens, ended.written, logged, ended.full);
        return new Committed<>(outcomes, feed.nodes(link));
    }

    /** A session may have had several tokens: the one named may have been rotated away. */
    private Map<TokenDigest, String> tokens(Link tx, Targets targets) throws SQLException {
        Map<TokenDigest, String> ids = new LinkedHashMap<>();
        for (byte[] digest : targets.digests()) {
            String id = tx.first(ID_OF_TOKEN, row -> row.getString(2), application, digest, application, digest);
            if (id != null) {
                ids.put(TokenDigest.of(digest), id);
            }
        }
        return ids;
    }

    private void endInBulk(Link tx, Targets targets, List<LogEntry> entries, Set<String> full) throws SQLException {
        long share = targets.share();
        for (String name : targets.principals()) {
            add(name, end(tx, END_BY_PRINCIPAL, name, bytes(name), share), share, entries, full);
        }
        String[] others = targets.others();
        String[] kept = targets.kept();
        for (int i = 0; i < others.length; i++) {
            String name = others[i];
            add(name, end(tx, END_OTHERS, name, bytes(name), bytes(kept[i]), share), share, entries, full);
        }
        if (targets.everybody()) {
            add(Targets.EVERYBODY, end(tx, END_ALL, share), share, entries, full);
        }
    }

    private static void add(String name, List<LogEntry> ended, long share, List<LogEntry> entries, Set<String> full) {
        entries.addAll(ended);
        if (ended.size() >= share) {
            full.add(name);
        }
    }

    /** A row of each principal's own, behind those of the sessions: copies may be left of one whose row is gone. */
    private static List<LogEntry> gone(Targets targets, List<LogEntry> ended) {
        Set<String> asked = new HashSet<>(List.of(targets.principals()));
        asked.addAll(List.of(targets.others()));
        return ended.stream()
                .map(LogEntry::principal)
                .distinct()
                .filter(asked::contains)
                .map(LogEntry::goneOf)
                .toList();
    }

    private List<LogEntry> end(Link tx, String sql, Object... arguments) throws SQLException {
        return tx.query(
                sql,
                H2Revocations::ended,
                Stream.concat(Stream.of(application), Stream.of(arguments)).toArray());
    }

    private static LogEntry ended(ResultSet row) throws SQLException {
        return new LogEntry(TokenDigest.of(row.getBytes(2)), row.getString(3), row.getString(4), Cause.REVOKED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Ended(
            LogPosition before,
            Map<TokenDigest, String> tokens,
            Set<String> named,
            List<Revocation> written,
            Set<String> full) {}
}

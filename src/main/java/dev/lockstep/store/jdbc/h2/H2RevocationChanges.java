package dev.lockstep.store.jdbc.h2;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.Revoked;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.LogEntry;
import dev.lockstep.store.jdbc.dialect.LogTable;
import dev.lockstep.store.jdbc.dialect.NodeTable;
import dev.lockstep.store.jdbc.dialect.RevocationChanges;
import dev.lockstep.store.jdbc.dialect.Targets;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ends sessions in H2, step by step: in a database that runs in this JVM a statement costs no round
 * trip. Thread-safe.
 *
 * <p>Texts are compared twice: by the database's collation, which an index serves and which finds
 * all that is equal, and to the letter, since by that collation more may be equal.
 */
final class H2RevocationChanges implements RevocationChanges {

    /**
     * A token means the session that lives under it; else the one that the log says it opened;
     * else, where it was only announced, the name that stands for its session there. The oldest row
     * comes first.
     */
    private static final String ID_OF_TOKEN = """
            SELECT {now}, id, TRUE, 0 FROM lockstep_session
            WHERE application = :application AND digest = :digest
            UNION ALL SELECT {now}, session_id, cause <> 'TOKEN_GONE', position FROM lockstep_revocation
            WHERE application = :application AND digest = :digest
            ORDER BY 3 DESC, 4
            """;

    private static final String END = """
            SELECT {now}, s.digest, s.id, s.principal FROM OLD TABLE (
            DELETE FROM lockstep_session WHERE application = :application %s FETCH FIRST :most ROWS ONLY) s
            """;

    private static final String OF_ID = "AND id = :id AND CAST(id AS VARBINARY) = :letters";
    private static final String OF_PRINCIPAL = "AND principal = :principal AND CAST(principal AS VARBINARY) = :letters";
    private static final String BUT_ONE = OF_PRINCIPAL + " AND CAST(id AS VARBINARY) <> :kept";

    private static final String OF_SESSION = """
            SELECT {now}, {log} FROM lockstep_revocation r
            WHERE r.application = :application AND r.session_id = :id AND CAST(r.session_id AS VARBINARY) = :letters
            FETCH FIRST :most ROWS ONLY
            """;

    private final H2Log log;
    private final NodeTable nodes;
    private final Sql idOfToken;
    private final Sql endById;
    private final Sql endByPrincipal;
    private final Sql endOthers;
    private final Sql endAll;
    private final Sql ofSession;

    H2RevocationChanges(H2Dialect dialect, String application, Duration timeout) {
        this.log = new H2Log(dialect, application, timeout);
        this.nodes = new NodeTable(application, dialect);
        this.idOfToken = dialect.sql(ID_OF_TOKEN).with("application", application);
        this.endById = dialect.sql(END.formatted(OF_ID)).with("application", application);
        this.endByPrincipal = dialect.sql(END.formatted(OF_PRINCIPAL)).with("application", application);
        this.endOthers = dialect.sql(END.formatted(BUT_ONE)).with("application", application);
        this.endAll = dialect.sql(END.formatted("")).with("application", application);
        this.ofSession = dialect.sql(OF_SESSION).with("application", application);
    }

    @Override
    public Committed<List<Revoked>> revoke(StoreConnection connection, Targets targets) throws SQLException {
        Ended ended = connection.transaction(tx -> {
            ClockReading before = log.lock(tx);
            Map<TokenDigest, String> tokens = tokens(tx, targets);
            Set<String> named = new LinkedHashSet<>(List.of(targets.ids()));
            named.addAll(tokens.values());
            Set<String> full = new HashSet<>();
            List<LogEntry> entries = new ArrayList<>();
            for (String id : named) {
                entries.addAll(end(tx, ofId(endById, id).with("most", 1L)));
            }
            endInBulk(tx, targets, entries, full);
            entries.addAll(gone(targets, entries));
            return new Ended(before.head(), tokens, named, log.append(tx, before, entries), full);
        });
        List<Revocation> logged = new ArrayList<>();
        for (String id : ended.named) {
            Sql query = ofId(ofSession, id).with("most", Targets.MAX_LOGGED + 1L);
            logged.addAll(connection.query(query, row -> LogTable.map(row, 1)));
        }
        List<Revoked> outcomes = targets.outcomes(ended.before, ended.tokens, ended.written, logged, ended.full);
        return new Committed<>(outcomes, nodes.all(connection));
    }

    /** A session may have had several tokens: the one named may have been rotated away. */
    private Map<TokenDigest, String> tokens(StoreConnection tx, Targets targets) throws SQLException {
        Map<TokenDigest, String> ids = new LinkedHashMap<>();
        for (byte[] digest : targets.digests()) {
            String id = tx.first(idOfToken.with("digest", digest), row -> row.getString(2));
            if (id != null) {
                ids.put(TokenDigest.of(digest), id);
            }
        }
        return ids;
    }

    private void endInBulk(StoreConnection tx, Targets targets, List<LogEntry> entries, Set<String> full)
            throws SQLException {
        long share = targets.share();
        for (String name : targets.principals()) {
            List<LogEntry> ended = end(tx, ofPrincipal(endByPrincipal, name).with("most", share));
            add(name, ended, share, entries, full);
        }
        String[] others = targets.others();
        String[] kept = targets.kept();
        for (int i = 0; i < others.length; i++) {
            Sql rest = ofPrincipal(endOthers, others[i]).with("kept", letters(kept[i]));
            add(others[i], end(tx, rest.with("most", share)), share, entries, full);
        }
        if (targets.everybody()) {
            add(Targets.EVERYBODY, end(tx, endAll.with("most", share)), share, entries, full);
        }
    }

    private static Sql ofId(Sql sql, String id) {
        return sql.with("id", id).with("letters", letters(id));
    }

    private static Sql ofPrincipal(Sql sql, String name) {
        return sql.with("principal", name).with("letters", letters(name));
    }

    private static void add(String name, List<LogEntry> ended, long share, List<LogEntry> entries, Set<String> full) {
        entries.addAll(ended);
        if (ended.size() >= share) {
            full.add(name);
        }
    }

    /**
     * A row of each principal's own, behind those of the sessions: copies may be left of one whose
     * row is gone.
     */
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

    private static List<LogEntry> end(StoreConnection tx, Sql deletion) throws SQLException {
        return tx.query(deletion, H2RevocationChanges::ended);
    }

    private static LogEntry ended(ResultSet row) throws SQLException {
        return new LogEntry(TokenDigest.of(row.getBytes(2)), row.getString(3), row.getString(4), Cause.REVOKED);
    }

    private static byte[] letters(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Ended(
            LogPosition before,
            Map<TokenDigest, String> tokens,
            Set<String> named,
            List<Revocation> written,
            Set<String> full) {}
}

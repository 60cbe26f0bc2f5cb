package dev.lockstep.store.jdbc.mariadb;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.Revoked;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.LogEntry;
import dev.lockstep.store.jdbc.dialect.LogTable;
import dev.lockstep.store.jdbc.dialect.RevocationChanges;
import dev.lockstep.store.jdbc.dialect.Targets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ends sessions in MariaDB. Thread-safe.
 *
 * <p>Kind of target by kind of target, what is to be ended is written into the log, and then what
 * was written is deleted. So nothing is ended twice, and nothing without its row.
 *
 * <p>Texts are compared twice: by the column's collation, which an index serves and which finds all
 * that is equal, and to the letter, since a column may have been given a collation by which more is
 * equal.
 */
final class MariaDbRevocationChanges implements RevocationChanges {

    private static final String HEAD = """
            SELECT at_now, at_epoch, at_position, at_floor FROM (SELECT 1 AS one) o WHERE at_epoch IS NOT NULL;
            """;

    /**
     * A token means the session that lives under it; else the one that the log says it opened;
     * else, where it was only announced, the name that stands for its session there: those that are
     * known before those that aren't, the oldest first.
     */
    private static final String TOKENS = """
            SELECT s.digest, s.id, TRUE AS known, 0 AS place
            FROM lockstep_session s FORCE INDEX (lockstep_session_digest)
            WHERE s.digest IN (:digests) AND s.application = :application
            UNION ALL SELECT r.digest, r.session_id, r.cause <> 'TOKEN_GONE', r.position
            FROM lockstep_revocation r FORCE INDEX (lockstep_revocation_digest)
            WHERE r.digest IN (:digests) AND r.application = :application
            ORDER BY known DESC, place;
            """;

    private static final String END = """
            INSERT INTO lockstep_revocation
            (application, position, digest, session_id, principal, cause, revoked_at)
            SELECT :application, at_last + ROW_NUMBER() OVER (ORDER BY d.digest), d.digest, d.id, d.principal,
            'REVOKED', at_now FROM (%s) d WHERE at_epoch IS NOT NULL;
            SET at_rows = ROW_COUNT();
            """ + MariaDbTransaction.BRIEFLY + """
            DELETE s FROM lockstep_revocation r FORCE INDEX (PRIMARY)
            STRAIGHT_JOIN lockstep_session s FORCE INDEX (lockstep_session_digest)
            ON s.digest = r.digest AND s.application = :application
            WHERE r.application = :application AND r.position > at_last;
            SET at_last = at_last + at_rows;
            """;

    private static final String BY_TOKEN = """
            SELECT s.digest, s.id, s.principal
            FROM lockstep_session s FORCE INDEX (lockstep_session_digest)
            WHERE s.digest IN (:digests) AND s.application = :application
            """;

    private static final String BY_OLD_TOKEN = """
            SELECT DISTINCT s.digest, s.id, s.principal
            FROM lockstep_revocation r FORCE INDEX (lockstep_revocation_digest)
            STRAIGHT_JOIN lockstep_session s FORCE INDEX (PRIMARY)
            ON s.id = r.session_id AND BINARY s.id = BINARY r.session_id AND s.application = :application
            WHERE r.digest IN (:digests) AND r.application = :application
            """;

    private static final String BY_ID = """
            SELECT s.digest, s.id, s.principal FROM lockstep_session s FORCE INDEX (PRIMARY)
            WHERE s.id IN (:ids) AND BINARY s.id IN (:ids) AND s.application = :application
            """;

    private static final String BY_PRINCIPAL = """
            SELECT s.digest, s.id, s.principal
            FROM lockstep_session s FORCE INDEX (lockstep_session_principal)
            WHERE s.principal = :principal# AND BINARY s.principal = :principal# AND s.application = :application
            LIMIT :share
            """;

    /** Where a server takes an empty text for NULL, that keeps none as well. */
    private static final String OTHERS = """
            SELECT s.digest, s.id, s.principal
            FROM lockstep_session s FORCE INDEX (lockstep_session_principal)
            WHERE s.principal = :other# AND BINARY s.principal = :other# AND s.application = :application
            AND NOT (BINARY s.id <=> :kept#) LIMIT :share
            """;

    private static final String EVERYBODY = """
            SELECT s.digest, s.id, s.principal FROM lockstep_session s
            WHERE s.application = :application LIMIT :share
            """;

    /**
     * A row of each principal's own, behind those of the sessions: copies may be left of one whose
     * row is gone.
     */
    private static final String PRINCIPAL_GONE = """
            INSERT INTO lockstep_revocation
            (application, position, digest, session_id, principal, cause, revoked_at)
            SELECT :application, at_last + 1, :gonedigest#, :goneid#, :gone#, 'PRINCIPAL_GONE', at_now
            FROM (SELECT 1 AS one) o WHERE EXISTS (
            SELECT 1 FROM lockstep_revocation r FORCE INDEX (PRIMARY)
            WHERE r.application = :application AND r.position > at_position AND BINARY r.principal = :gone#);
            SET at_last = at_last + ROW_COUNT();
            """;

    private static final String WRITTEN = """
            SELECT {log} FROM lockstep_revocation r FORCE INDEX (PRIMARY)
            WHERE r.application = :application AND r.position > at_position ORDER BY r.position;
            """;

    /** What the log holds of the sessions that tokens mean, so much of each. */
    private static final String LOGGED_OF_TOKENS = """
            SELECT {log} FROM (
            SELECT e.*, ROW_NUMBER() OVER (PARTITION BY BINARY e.session_id ORDER BY e.position) AS nth FROM (
            SELECT DISTINCT m.session_id FROM lockstep_revocation m FORCE INDEX (lockstep_revocation_digest)
            WHERE m.digest IN (:digests) AND m.application = :application) n
            STRAIGHT_JOIN lockstep_revocation e FORCE INDEX (lockstep_revocation_session)
            ON e.session_id = n.session_id AND BINARY e.session_id = BINARY n.session_id
            AND e.application = :application) r
            WHERE r.nth <= :most;
            """;

    private static final String LOGGED_OF_IDS = """
            SELECT {log} FROM (
            SELECT e.*, ROW_NUMBER() OVER (PARTITION BY BINARY e.session_id ORDER BY e.position) AS nth
            FROM lockstep_revocation e FORCE INDEX (lockstep_revocation_session)
            WHERE e.session_id IN (:ids) AND BINARY e.session_id IN (:ids) AND e.application = :application) r
            WHERE r.nth <= :most;
            """;

    private static final String LOGGED = LOGGED_OF_TOKENS + LOGGED_OF_IDS;

    private final MariaDbDialect dialect;
    private final String application;

    /** By tokens and identifiers alone, which most revocations are. */
    private final MariaDbTransaction revoke;

    MariaDbRevocationChanges(MariaDbDialect dialect, String application) {
        this.dialect = dialect;
        this.application = application;
        this.revoke = MariaDbTransaction.thenNodes(dialect, application, endNamed() + WRITTEN, LOGGED);
    }

    private static String endNamed() {
        return HEAD + TOKENS + END.formatted(BY_TOKEN) + END.formatted(BY_OLD_TOKEN) + END.formatted(BY_ID);
    }

    @Override
    public Committed<List<Revoked>> revoke(StoreConnection connection, Targets targets) throws SQLException {
        return transaction(targets).run(connection, results -> {
            List<ClockReading> before = StoreConnection.all(results.get(0), ClockReading::map);
            ClockReading head = ClockReading.require(before.isEmpty() ? null : before.get(0));
            Map<TokenDigest, String> tokens = tokens(results.get(1));
            List<Revocation> written = revocations(results.get(2));
            List<Revocation> logged = new ArrayList<>(revocations(results.get(3)));
            logged.addAll(revocations(results.get(4)));
            return new Committed<>(
                    targets.outcomes(head.head(), tokens, written, logged, full(written, targets.share())),
                    MariaDbTransaction.nodes(results));
        });
    }

    /**
     * Its results: the clock row, what tokens mean, what was written, what is logged of tokens and
     * of identifiers, the node rows.
     */
    private MariaDbTransaction transaction(Targets targets) {
        return (targets.inBulk() ? inBulk(targets) : revoke)
                .with("digests", List.of(targets.digests()))
                .with("ids", List.of(targets.ids()))
                .with("most", Targets.MAX_LOGGED + 1L);
    }

    /** With statements for each target that may mean many sessions, numbered. */
    private MariaDbTransaction inBulk(Targets targets) {
        String[] principals = targets.principals();
        String[] others = targets.others();
        List<LogEntry> gone = Stream.of(principals, others)
                .flatMap(Stream::of)
                .distinct()
                .map(LogEntry::goneOf)
                .toList();
        StringBuilder work = new StringBuilder(endNamed());
        append(work, END.formatted(BY_PRINCIPAL), principals.length);
        append(work, END.formatted(OTHERS), others.length);
        append(work, END.formatted(EVERYBODY), targets.everybody() ? 1 : 0);
        append(work, PRINCIPAL_GONE, gone.size());
        MariaDbTransaction transaction = MariaDbTransaction.thenNodes(dialect, application, work + WRITTEN, LOGGED)
                .with("share", (long) targets.share());
        transaction = with(transaction, "principal", List.of(principals));
        transaction = with(transaction, "other", List.of(others));
        transaction = with(transaction, "kept", List.of(targets.kept()));
        transaction =
                with(transaction, "gone", gone.stream().map(LogEntry::principal).toList());
        transaction = with(
                transaction, "goneid", gone.stream().map(LogEntry::sessionId).toList());
        return with(
                transaction,
                "gonedigest",
                gone.stream().map(entry -> entry.digest().toBytes()).toList());
    }

    private static void append(StringBuilder work, String template, int count) {
        for (int i = 0; i < count; i++) {
            work.append(template.replace("#", Integer.toString(i)));
        }
    }

    private static MariaDbTransaction with(MariaDbTransaction transaction, String name, List<?> values) {
        MariaDbTransaction given = transaction;
        for (int i = 0; i < values.size(); i++) {
            given = given.with(name + i, values.get(i));
        }
        return given;
    }

    private static Map<TokenDigest, String> tokens(ResultSet rows) throws SQLException {
        Map<TokenDigest, String> tokens = new HashMap<>();
        while (rows.next()) {
            tokens.putIfAbsent(TokenDigest.of(rows.getBytes(1)), rows.getString(2));
        }
        return tokens;
    }

    private static List<Revocation> revocations(ResultSet rows) throws SQLException {
        return StoreConnection.all(rows, row -> LogTable.map(row, 0));
    }

    /** The principals of whom as many sessions were ended as would be; there may be more. */
    private static Set<String> full(List<Revocation> written, int share) {
        Map<String, Long> ended = written.stream()
                .filter(row -> row.cause() == Cause.REVOKED)
                .collect(Collectors.groupingBy(Revocation::principal, Collectors.counting()));
        Set<String> full = new HashSet<>();
        ended.forEach((principal, count) -> {
            if (count >= share) {
                full.add(principal);
            }
        });
        if (ended.values().stream().mapToLong(Long::longValue).sum() >= share) {
            full.add(Targets.EVERYBODY);
        }
        return full;
    }
}

package dev.lockstep.store.jdbc.postgresql;

import static dev.lockstep.store.jdbc.postgresql.PostgresTransaction.READING;
import static dev.lockstep.store.jdbc.postgresql.PostgresTransaction.WORK;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.Revoked;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.ClockReading;
import dev.lockstep.store.jdbc.dialect.LogTable;
import dev.lockstep.store.jdbc.dialect.RevocationChanges;
import dev.lockstep.store.jdbc.dialect.Targets;
import java.io.ByteArrayOutputStream;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions in PostgreSQL. Thread-safe.
 *
 * <p>Texts are compared twice where a table is asked: by the column's collation, which an index
 * serves and which finds all that is equal, and to the letter, since a column may have been given a
 * collation by which more is equal.
 */
final class PostgresRevocationChanges implements RevocationChanges {

    /**
     * The digests come in one piece, and once: the whole text is to fit into one packet, or few.
     */
    private static final String ASKED = """
            asked AS (SELECT ARRAY(SELECT substring(a.digests FROM 32 * i + 1 FOR 32)
            FROM generate_series(0, octet_length(a.digests) / 32 - 1) i) AS digests, a.ids
            FROM (SELECT CAST(:digests AS bytea) AS digests, CAST(:ids AS text[]) AS ids) a),
            """;

    /**
     * A token means the session that lives under it; else the one that the log says it opened;
     * else, where it was only announced, the name that stands for its session there: those that are
     * known before those that aren't, the oldest first.
     */
    private static final String NAMED = """
            named AS (
            SELECT s.digest, s.id, TRUE AS known, 0 AS place FROM lockstep_session s
            WHERE s.application || '' = :application
            AND s.digest = ANY (CAST((SELECT digests FROM asked) AS bytea[]))
            UNION SELECT r.digest, r.session_id, r.cause <> 'TOKEN_GONE', r.position FROM lockstep_revocation r
            WHERE r.application || '' = :application
            AND r.digest = ANY (CAST((SELECT digests FROM asked) AS bytea[]))
            UNION SELECT NULL, s.id, TRUE, 0 FROM lockstep_session s
            WHERE s.application || '' = :application
            AND s.id = ANY (CAST((SELECT ids FROM asked) AS text[]))
            AND s.id COLLATE "C" = ANY (CAST((SELECT ids FROM asked) AS text[]))),
            """;

    private static final String DOOMED = "doomed AS (SELECT id FROM named), ";

    /**
     * Of each principal, and of the application, so many at a time; and of which there were as
     * many.
     */
    private static final String DOOMED_IN_BULK = """
            bulk AS (
            SELECT p.name, d.id FROM unnest(CAST(:principals AS varchar[])) AS p (name)
            CROSS JOIN LATERAL (SELECT s.id FROM lockstep_session s WHERE s.application || '' = :application
            AND s.principal = p.name AND s.principal COLLATE "C" = p.name LIMIT :share) d
            UNION ALL SELECT o.name, d.id
            FROM unnest(CAST(:others AS varchar[]), CAST(:kept AS varchar[])) AS o (name, kept)
            CROSS JOIN LATERAL (SELECT s.id FROM lockstep_session s WHERE s.application || '' = :application
            AND s.principal = o.name AND s.principal COLLATE "C" = o.name
            AND s.id COLLATE "C" <> o.kept LIMIT :share) d
            UNION ALL (SELECT '', s.id FROM lockstep_session s
            WHERE :everybody AND s.application = :application LIMIT :share)),
            doomed AS (SELECT id FROM named UNION SELECT id FROM bulk),
            """;

    /** By an array, because a join would leave the planner several ways. */
    private static final String ENDED = """
            ended AS (DELETE FROM lockstep_session s
            WHERE s.application || '' = :application AND s.id = ANY (ARRAY(SELECT id FROM doomed))
            RETURNING s.digest, s.id, s.principal),
            """;

    private static final String ENTRIES = """
            entries AS (SELECT digest, id, principal, 'REVOKED' AS cause FROM ended),
            """;

    /**
     * A row of each principal's own, behind those of the sessions: copies may be left of one whose
     * row is gone.
     */
    private static final String ENTRIES_IN_BULK = """
            entries AS (SELECT digest, id, principal, 'REVOKED' AS cause FROM ended
            UNION ALL SELECT sha256(uuid_send(gen_random_uuid())), CAST(gen_random_uuid() AS text), g.principal,
            'PRINCIPAL_GONE' FROM (SELECT DISTINCT e.principal COLLATE "C" AS principal FROM ended e
            WHERE e.principal COLLATE "C" = ANY (:principals) OR e.principal COLLATE "C" = ANY (:others)) g),
            """;

    private static final String LOGGED = """
            numbered AS (SELECT b.position + row_number() OVER (ORDER BY e.cause DESC) AS position,
            e.digest, e.id, e.principal, e.cause, b.now FROM entries e CROSS JOIN before b),
            advanced AS (UPDATE lockstep_log_clock c SET position = n.position
            FROM (SELECT max(position) AS position FROM numbered) n
            WHERE c.application = :application AND n.position IS NOT NULL),
            logged AS (
            INSERT INTO lockstep_revocation
            (application, position, digest, session_id, principal, cause, revoked_at)
            SELECT :application, position, digest, id, principal, cause, now FROM numbered RETURNING *)
            """;

    /**
     * The sessions that tokens mean come as two arrays in the same order, and once: beside the
     * first row.
     */
    private static final String WRITTEN = """
            SELECT b.now, b.epoch, b.position, b.floor, {log}, %s,
            CASE WHEN COALESCE(r.position, b.position + 1) = b.position + 1 THEN
            (SELECT array_agg(n.digest ORDER BY n.digest, n.known DESC, n.place)
            FROM named n WHERE n.digest IS NOT NULL) END,
            CASE WHEN COALESCE(r.position, b.position + 1) = b.position + 1 THEN
            (SELECT array_agg(n.id ORDER BY n.digest, n.known DESC, n.place)
            FROM named n WHERE n.digest IS NOT NULL) END
            FROM before b LEFT JOIN logged r ON TRUE ORDER BY r.position
            """;

    private static final String FULL = """
            (SELECT array_agg(f.name) FROM (SELECT name FROM bulk GROUP BY name HAVING count(*) >= :share) f)
            """;

    /** What the log holds of sessions, so much of each. */
    private static final String OF_SESSIONS = """
            named AS (SELECT r.session_id AS id FROM lockstep_revocation r
            WHERE r.application || '' = :application
            AND r.digest = ANY (CAST((SELECT digests FROM asked) AS bytea[]))
            UNION SELECT unnest((SELECT ids FROM asked)))
            SELECT {log} FROM named n
            CROSS JOIN LATERAL (SELECT * FROM lockstep_revocation e
            WHERE e.application || '' = :application
            AND e.session_id = n.id AND e.session_id COLLATE "C" = n.id LIMIT :most) r
            """;

    private final SqlErrors errors;
    private final PostgresTexts texts;

    /** By tokens and identifiers alone, which most revocations are. */
    private final PostgresTransaction revoke;

    private final PostgresTransaction revokeInBulk;

    PostgresRevocationChanges(PostgresDialect dialect, String application) {
        this.errors = dialect.errors();
        this.texts = new PostgresTexts(dialect);
        String logged = "WITH " + ASKED + OF_SESSIONS;
        this.revoke = PostgresTransaction.thenNodes(
                dialect,
                application,
                ASKED + NAMED + DOOMED + ENDED + ENTRIES + LOGGED + WRITTEN.formatted("NULL"),
                logged);
        this.revokeInBulk = PostgresTransaction.thenNodes(
                dialect,
                application,
                ASKED + NAMED + DOOMED_IN_BULK + ENDED + ENTRIES_IN_BULK + LOGGED + WRITTEN.formatted(FULL),
                logged);
    }

    /** What can't be expressed names nothing, and fails nobody. */
    @Override
    public Committed<List<Revoked>> revoke(StoreConnection connection, Targets targets) throws SQLException {
        try {
            return revokeExpressible(connection, targets);
        } catch (SQLException e) {
            if (errors.means(SqlErrors.Meaning.INEXPRESSIBLE, e)) {
                return revokeExpressible(connection, targets.without(texts.inexpressible(connection, targets.texts())));
            }
            throw e;
        }
    }

    private Committed<List<Revoked>> revokeExpressible(StoreConnection connection, Targets targets)
            throws SQLException {
        return (targets.inBulk() ? inBulk(targets) : of(revoke, targets)).run(connection, results -> {
            List<Row> rows = StoreConnection.all(results.get(WORK), Row::map);
            Row first = ClockReading.require(rows.isEmpty() ? null : rows.get(0));
            List<Revocation> written =
                    rows.stream().map(Row::written).filter(Objects::nonNull).toList();
            List<Revocation> logged = StoreConnection.all(results.get(READING), row -> LogTable.map(row, 0));
            return new Committed<>(
                    targets.outcomes(first.head, first.tokens, written, logged, first.full),
                    PostgresTransaction.nodes(results));
        });
    }

    private static PostgresTransaction of(PostgresTransaction transaction, Targets targets) {
        return transaction
                .with("digests", inOnePiece(targets.digests()))
                .with("ids", PostgresArray.of(targets.ids()))
                .with("most", Targets.MAX_LOGGED + 1L);
    }

    private PostgresTransaction inBulk(Targets targets) {
        return of(revokeInBulk, targets)
                .with("principals", PostgresArray.of(targets.principals()))
                .with("others", PostgresArray.of(targets.others()))
                .with("kept", PostgresArray.of(targets.kept()))
                .with("everybody", targets.everybody())
                .with("share", (long) targets.share());
    }

    private static byte[] inOnePiece(byte[][] digests) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] digest : digests) {
            all.writeBytes(digest);
        }
        return all.toByteArray();
    }

    private record Row(
            LogPosition head, @Nullable Revocation written, Set<String> full, Map<TokenDigest, String> tokens) {

        private static final int FULL = ClockReading.WIDTH + LogTable.WIDTH + 1;

        static Row map(ResultSet row) throws SQLException {
            Array full = row.getArray(FULL);
            return new Row(
                    ClockReading.map(row).head(),
                    row.getBytes(ClockReading.WIDTH + 2) == null ? null : LogTable.map(row, ClockReading.WIDTH),
                    full == null ? Set.of() : Set.of((String[]) full.getArray()),
                    tokens(row.getArray(FULL + 1), row.getArray(FULL + 2)));
        }

        private static Map<TokenDigest, String> tokens(@Nullable Array digests, @Nullable Array ids)
                throws SQLException {
            Map<TokenDigest, String> tokens = new HashMap<>();
            if (digests != null && ids != null) {
                byte[][] keys = (byte[][]) digests.getArray();
                String[] values = (String[]) ids.getArray();
                for (int i = 0; i < keys.length; i++) {
                    tokens.putIfAbsent(TokenDigest.of(keys[i]), values[i]);
                }
            }
            return tokens;
        }
    }
}

package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.RandomOperations;
import dev.lockstep.contract.RandomOperations.Operation;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Example;

/**
 * Slips of the pen in conditions of the statements don't go unnoticed: a store with one answers
 * unlike the oracle.
 */
class StatementSlipsTest {

    /** How many sequences of operations may pass before a slip shows. */
    private static final int SEQUENCES = 1_000;

    private record Slip(String right, String wrong) {}

    private static final List<Slip> OF_ALL = List.of(
            new Slip("n.application = c.application WHERE", "n.application = c.application AND NOT n.fenced WHERE"),
            new Slip(
                    "n.application = c.application AND n.id = ?",
                    "n.application = c.application AND NOT n.fenced AND n.id = ?"),
            new Slip("AND n.id IN (", "AND NOT n.fenced AND n.id IN ("),
            new Slip("AND n.id IN (", "AND n.id NOT IN ("),
            new Slip("n.application = c.application AND n.id IN (", "n.id IN ("),
            new Slip("valid_until >", "expires_at >"),
            new Slip("last_seen_at <=", "last_seen_at <>"),
            new Slip("valid_until = LEAST(", "valid_until = GREATEST("),
            new Slip(
                    "SET applied = ?, applied_epoch = ? WHERE application = ? AND id = ?",
                    "SET applied = ?, applied_epoch = ? WHERE application = ? AND id <> ?"),
            new Slip("OR applied < ?)", "OR applied > ?)"),
            new Slip("(applied_epoch <> ? OR", "(applied_epoch <> ? AND"),
            new Slip(
                    "SET fenced = TRUE WHERE application = ? AND id = ?",
                    "SET fenced = TRUE WHERE application = ? AND id <> ?"),
            new Slip(
                    "DELETE FROM lockstep_node WHERE application = ? AND id = ?",
                    "DELETE FROM lockstep_node WHERE application = ? AND id <> ?"),
            new Slip("AND position > ?", "AND position >= ?"),
            new Slip("valid_until <= LEAST(", "valid_until <= GREATEST("),
            new Slip("valid_until <= LEAST(", "expires_at <= LEAST("));

    private static final List<Slip> OF_H2 = List.of(
            new Slip("AND position <= ?", "AND position < ?"),
            new Slip("CAST(id AS VARBINARY) <> ?", "CAST(id AS VARBINARY) IS NOT NULL OR ? IS NULL"),
            new Slip(
                    "r.session_id = ? AND CAST(r.session_id AS VARBINARY) = ?",
                    "r.session_id <> ? AND CAST(r.session_id AS VARBINARY) <> ?"),
            new Slip("n.application = ? AND n.id <> ?", "n.application = ? AND NOT n.fenced AND n.id <> ?"),
            new Slip("SET floor = ?", "SET floor = floor + 0 * ?"));

    private static final List<Slip> OF_POSTGRESQL = List.of(
            new Slip("r.position <= d.floor", "r.position < d.floor"),
            new Slip("AND s.id COLLATE \"C\" <> o.kept", "AND o.kept IS NOT NULL"),
            new Slip("e.session_id = n.id AND e.session_id COLLATE \"C\" = n.id", "e.session_id <> n.id"),
            new Slip("OR e.principal COLLATE \"C\" = ANY", "AND e.principal COLLATE \"C\" = ANY"),
            new Slip("r.floor > b.floor", "r.floor >= 0"),
            new Slip("WHERE b.epoch = ?", "WHERE b.epoch <> ?"),
            new Slip("LEAST(?, b.position,", "GREATEST(?, b.position,"));

    private static final List<Slip> OF_MARIADB = List.of(
            new Slip("n.application = ? AND n.id <>", "n.application = ? AND NOT n.fenced AND n.id <>"),
            new Slip("r.position <= at_place", "r.position < at_place"),
            new Slip("NOT (BINARY s.id <=> ?)", "? IS NOT NULL"),
            new Slip(
                    "e.session_id = n.session_id AND BINARY e.session_id = BINARY n.session_id",
                    "e.session_id <> n.session_id"),
            new Slip("BINARY r.principal = ?", "BINARY r.principal <> ?"),
            new Slip("SET floor = at_place", "SET floor = floor"),
            new Slip("at_epoch = ?, LEAST", "at_epoch <> ?, LEAST"),
            new Slip("LEAST(?, at_position,", "GREATEST(?, at_position,"),
            new Slip("ORDER BY known DESC, place", "ORDER BY known, place"),
            new Slip("ORDER BY r.position;", "ORDER BY r.position LIMIT 1;"));

    @Example
    void slipsShowOnH2() throws Exception {
        assertThat(unnoticed(TestDatabase.h2InMemory(), OF_ALL)).isEmpty();
        assertThat(unnoticed(TestDatabase.h2InMemory(), OF_H2)).isEmpty();
    }

    @Example
    void slipsShowOnPostgres() throws Exception {
        assertThat(unnoticed(TestDatabase.postgres(), OF_ALL)).isEmpty();
        assertThat(unnoticed(TestDatabase.postgres(), OF_POSTGRESQL)).isEmpty();
    }

    @Example
    void slipsShowOnMariaDb() throws Exception {
        assertThat(unnoticed(TestDatabase.mariaDb(), OF_ALL)).isEmpty();
        assertThat(unnoticed(TestDatabase.mariaDb(), OF_MARIADB)).isEmpty();
    }

    private static List<Slip> unnoticed(TestDatabase database, List<Slip> slips) throws Exception {
        List<Slip> unnoticed = new ArrayList<>();
        try (database) {
            database.open("/any").close();
            for (Slip slip : slips) {
                if (!shows(database, slip)) {
                    unnoticed.add(slip);
                }
            }
        }
        return unnoticed;
    }

    private static boolean shows(TestDatabase database, Slip slip) throws Exception {
        AtomicBoolean made = new AtomicBoolean();
        String application = "/" + UUID.randomUUID();
        var dataSource = RewrittenStatements.of(database.dataSource(), sql -> {
            String wrong = sql.replace(slip.right, slip.wrong);
            made.compareAndSet(false, !wrong.equals(sql));
            return wrong;
        });
        List<List<Operation>> sequences = new ArrayList<>(RandomOperations.rare());
        RandomOperations.sequences().sampleStream().limit(SEQUENCES).forEach(sequences::add);
        for (List<Operation> operations : sequences) {
            String each = application + UUID.randomUUID();
            StoreSettings settings = StoreSettings.DEFAULTS
                    .withThreads(StoreSettings.MIN_THREADS)
                    .withSchema(SchemaMode.NONE);
            try (JdbcStore store = JdbcStore.open(dataSource, each, settings, Executors.defaultThreadFactory())) {
                new RandomOperations(store, duration -> database.elapse(each, duration)).run(operations);
            } catch (AssertionError e) {
                return true;
            }
        }
        assertThat(made).as("a statement with %s", slip.right).isTrue();
        return false;
    }
}

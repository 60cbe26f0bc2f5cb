package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What H2 reads for a page does not grow with what the table holds. */
class H2PlansTest {

    private static final int SESSIONS = 20_000;

    /** Sessions of a page, and one that tells whether there are more. */
    private static final long PAGE = 11;

    private static final int FEW = 100;

    private static final Pattern READ = Pattern.compile("/\\* scanCount: (\\d+) \\*/");

    @Test
    void aPageReadsWhatItHasAndOfWhatComesBeforeAndBehindNothing() throws Exception {
        List<String> run = new ArrayList<>();
        try (TestDatabase database = TestDatabase.h2InMemory()) {
            var recording = RewrittenStatements.of(database.dataSource(), sql -> {
                run.add(sql);
                return sql;
            });
            try (JdbcStore store =
                    JdbcStore.open(recording, "/shop", StoreSettings.DEFAULTS, Executors.defaultThreadFactory())) {
                fill(database);
                run.clear();
                assertThat(store.page(null, "id5", 10).sessions()).hasSize(10);
                assertThat(store.page("user3", "id5", 10).sessions()).hasSize(10);
            }
            assertThat(run).hasSize(2);

            assertThat(reads(database, run.get(0), "/shop", "id5", PAGE, "/shop"))
                    .isBetween(PAGE, PAGE + FEW);
            assertThat(reads(database, run.get(1), "/shop", "user3", "user3", "id5", PAGE, "/shop"))
                    .isBetween(PAGE, PAGE + FEW);
        }
    }

    private static void fill(TestDatabase database) {
        TestDatabase.execute(
                database.dataSource(),
                "INSERT INTO lockstep_session SELECT '/shop', 'id' || x, HASH('SHA-256', 'digest' || x), 'user' || MOD(x, 10),"
                        + " NULL, NULL, 0, 0, 9999999999999, 3600000, 9999999999999 FROM SYSTEM_RANGE(1, " + SESSIONS
                        + ")");
    }

    /** The rows that all tables of a statement were asked for. */
    private static long reads(TestDatabase database, String sql, Object... values) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement explain = connection.prepareStatement("EXPLAIN ANALYZE " + sql)) {
            for (int i = 0; i < values.length; i++) {
                explain.setObject(i + 1, values[i]);
            }
            try (ResultSet row = explain.executeQuery()) {
                row.next();
                return READ.matcher(row.getString(1))
                        .results()
                        .mapToLong(scan -> Long.parseLong(scan.group(1)))
                        .sum();
            }
        }
    }
}

package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2SchemaTest extends SchemaContract {

    @TempDir
    Path directory;

    @Override
    TestDatabase empty() {
        return TestDatabase.h2File(directory);
    }

    @Override
    TestDatabase again() {
        return TestDatabase.h2File(directory);
    }

    @Override
    String directory() {
        return "h2";
    }

    @Override
    String digest() {
        return "X'" + "ab".repeat(32) + "'";
    }

    @Test
    void tablesAreMadeBySomebodyWhoIsNoAdministrator() {
        execute("CREATE USER shop PASSWORD ''");
        execute("CREATE SCHEMA shop AUTHORIZATION shop");
        JdbcDataSource shop = new JdbcDataSource();
        shop.setURL(url() + ";SCHEMA=SHOP");
        shop.setUser("shop");

        JdbcStore.open(shop, "/shop", StoreSettings.DEFAULTS, Executors.defaultThreadFactory())
                .close();

        assertThat(query("SELECT version FROM shop.lockstep_schema ORDER BY version"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void tablesThatAreMadeAtOnceAreThoseThatAllFilesMake() throws Exception {
        assertWorks(SchemaMode.MIGRATE);
        List<String> atOnce = definitions();
        execute("DROP ALL OBJECTS");
        runShippedSql(FIRST);
        assertWorks(SchemaMode.MIGRATE);

        assertThat(atOnce).hasSizeGreaterThan(30).containsExactlyElementsOf(definitions());
    }

    private List<String> definitions() throws SQLException {
        return query("SELECT LOWER(table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable) AS what"
                + " FROM information_schema.columns WHERE table_schema = SCHEMA() UNION ALL"
                + " SELECT LOWER(table_name || '.' || index_name || ' ' || ordinal_position || ' ' || column_name)"
                + " FROM information_schema.index_columns WHERE table_schema = SCHEMA()"
                + " AND index_name NOT LIKE 'PRIMARY_KEY%' AND index_name NOT LIKE '%INDEX%' ORDER BY what");
    }

    private String url() {
        try (var connection = empty().dataSource().getConnection()) {
            return connection.getMetaData().getURL();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresSchemaTest extends SchemaContract {

    private static final Block BEFOREHAND = Block.printed("docs/howto/upgrade.md", "sql", 1);

    private String name;

    @Override
    TestDatabase empty() {
        name = TestDatabase.createPostgres();
        return again();
    }

    @Override
    TestDatabase again() {
        return TestDatabase.postgres(name);
    }

    @Override
    String directory() {
        return "postgresql";
    }

    @Test
    void anIndexThatWasMadeBeforehandIsUsed() throws Exception {
        runShippedSql(FIRST);
        execute(BEFOREHAND.text().strip());
        List<String> before = indexes();

        assertWorks(SchemaMode.MIGRATE);

        assertThat(indexes()).hasSize(1);
        assertThat(before).containsAll(indexes());
    }

    /** The numbers of those that begin with the principal. */
    private List<String> indexes() {
        return query("SELECT indexrelid FROM pg_index WHERE indrelid = 'lockstep_session'::regclass"
                + " AND pg_get_indexdef(indexrelid, 1, true) = 'principal' AND indnatts = 3");
    }

    @Override
    String digest() {
        return "decode(repeat('ab', 32), 'hex')";
    }
}

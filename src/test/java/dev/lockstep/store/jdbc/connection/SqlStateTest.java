package dev.lockstep.store.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlStateTest {

    private final Failures failures = new Failures("lockstep.store.datasource jdbc/shop", SqlErrors.anyOf(List.of()));

    /** As of GlassFish's default DataSource, whose database nobody has started. */
    @Test
    void aFailureWithoutSqlStateIsToldWithoutOne() {
        SQLException refused = new SQLException("Connection could not be allocated because: Connection refused");

        assertThat(failures.of(new NoConnectionException(refused)))
                .hasMessageStartingWith(
                        "LOCKSTEP-0123 No connection is available (lockstep.store.datasource jdbc/shop): is the database up")
                .hasMessageContaining("Connection refused");
        assertThat(failures.of(refused)).hasMessageNotContaining("null");
    }

    @Test
    void aSqlStateIsTold() {
        assertThat(failures.of(new SQLException("odd", "99999")))
                .hasMessageContaining("(lockstep.store.datasource jdbc/shop, SQL state 99999)");
    }
}

package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that somebody has altered, or that the server has made otherwise than it was told. */
class MariaDbTablesTest {

    @ParameterizedTest
    @CsvSource({
        "lockstep_session, ENGINE = Aria, lockstep_session has ENGINE = Aria",
        "lockstep_log_clock, ENGINE = MEMORY, lockstep_log_clock has ENGINE = MEMORY",
        "lockstep_key, ENGINE = Aria, lockstep_key has ENGINE = Aria",
        "lockstep_server_start, ENGINE = InnoDB, lockstep_server_start has ENGINE = InnoDB",
        "lockstep_session, CONVERT TO CHARACTER SET latin1, lockstep_session.principal has CHARACTER SET latin1"
    })
    void areRefusedAtStartUp(String table, String alteration, String told) {
        try (TestDatabase database = TestDatabase.mariaDb()) {
            database.open("/shop").close();
            TestDatabase.execute(database.dataSource(), "ALTER TABLE " + table + " " + alteration);

            assertThatThrownBy(() -> database.open("/shop"))
                    .isInstanceOf(LockstepException.class)
                    .hasMessageStartingWith("LOCKSTEP-0244 ")
                    .hasMessageContaining(told);
        }
    }
}

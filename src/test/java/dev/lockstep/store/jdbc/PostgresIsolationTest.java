package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PostgresIsolationTest extends IsolationContract {

    @Override
    TestDatabase empty() {
        return TestDatabase.postgres();
    }

    /**
     * A backend that waits on for a lock, for a client that has long gone, is a connection lost to
     * everybody.
     */
    @Test
    void aRevocationThatWasGivenUpWaitsNoLongerInTheServerEither() throws Exception {
        try (Connection other = lockingTheClock()) {
            assertThatThrownBy(() -> store().revoke(List.of(new OfPrincipal("alice"))))
                    .isInstanceOf(StoreUnavailableException.class);

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> waitingForLocks() == 0);
            assertThat(store().busy()).isZero();
            other.rollback();
        }
    }

    private int waitingForLocks() throws SQLException {
        try (Connection connection = database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            row.next();
            return row.getInt(1);
        }
    }
}

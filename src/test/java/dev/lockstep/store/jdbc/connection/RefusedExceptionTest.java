package dev.lockstep.store.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.contract.HandClock;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which failures of several changes together leave hope for some of them. */
class RefusedExceptionTest {

    private final HandClock clock = new HandClock();
    private final Deadline deadline = Deadline.after(clock, Duration.ofSeconds(1));
    private final SQLException violation = new SQLException("violated", "23505");

    @Test
    void aRowThatIsRefusedIsToldAsThatWithItsReason() throws SQLException {
        SQLException ofThePool = new SQLException("of the pool", violation);

        assertThat((Throwable) RefusedException.orSame(ofThePool, SqlErrors.STANDARD, deadline))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat((Throwable) refused.reason()).isSameAs(violation);
                    assertThat(refused.getSQLState()).isEqualTo("23505");
                });
    }

    @Test
    void aDatabaseThatIsAwayFailsThemAll() throws SQLException {
        SQLException away = new SQLException("away", "08006");

        assertThat((Throwable) RefusedException.orSame(away, SqlErrors.STANDARD, deadline))
                .isSameAs(away);
    }

    /** What waited for the clock row until the deadline found a database that does not answer. */
    @Test
    void behindTheDeadlineNothingIsRefused() {
        clock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> RefusedException.orSame(violation, SqlErrors.STANDARD, deadline))
                .isInstanceOf(SQLTimeoutException.class);
    }
}

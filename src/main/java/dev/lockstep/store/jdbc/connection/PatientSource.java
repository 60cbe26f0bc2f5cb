package dev.lockstep.store.jdbc.connection;

import dev.lockstep.pool.DriverFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks again where a database refuses a connection for a moment only: another node may have H2 to
 * itself while it alters the tables. For the start of a store, which has time. Thread-safe.
 *
 * @param source whom it asks
 * @param errors what refusals mean
 * @param patience how long it asks
 */
public record PatientSource(Connections.Source source, SqlErrors errors, Duration patience)
        implements Connections.Source {

    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    /** Fails as the source does: at once for another reason, or if interrupted. */
    @Override
    public Connection get() throws SQLException {
        long begun = System.nanoTime();
        while (true) {
            try {
                return source.get();
            } catch (SQLException e) {
                boolean over = System.nanoTime() - begun > patience.toNanos()
                        || Thread.currentThread().isInterrupted();
                if (over || !errors.means(SqlErrors.Meaning.PASSING, DriverFailure.within(e))) {
                    throw e;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}

package dev.lockstep.store.jdbc.connection;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.lockstep.pool.DriverFailure;
import java.sql.SQLException;

/**
 * Tells HikariCP which failures leave a connection dead. By itself it knows those of PostgreSQL,
 * not those of H2, and within half a second of its last use it gives a connection again without
 * looking whether it is alive. Made by HikariCP, by name; thread-safe.
 */
public final class DeadConnections implements SQLExceptionOverride {

    private static final Override LOST = lost();

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return DriverFailure.isLost(e) ? LOST : Override.CONTINUE_EVICT;
    }

    /** Versions before 6 can't be told so; they decide by themselves. */
    private static Override lost() {
        try {
            return Override.valueOf("MUST_EVICT");
        } catch (IllegalArgumentException e) {
            return Override.CONTINUE_EVICT;
        }
    }
}

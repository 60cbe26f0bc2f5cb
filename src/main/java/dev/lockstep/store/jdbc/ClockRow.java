package dev.lockstep.store.jdbc;

import java.sql.SQLException;
import java.util.UUID;

/** Makes the rows that each application has once. Thread-safe, and safe when several nodes do so at once. */
final class ClockRow {

    private static final String CLOCK = "INSERT INTO lockstep_log_clock (application, epoch, position, floor)"
            + " SELECT CAST(? AS VARCHAR(255)), CAST(? AS UUID), 0, 0"
            + " WHERE NOT EXISTS (SELECT 1 FROM lockstep_log_clock WHERE application = ?) AND {durably}";

    private static final String HOUSEKEEPING = "INSERT INTO lockstep_housekeeping (application)"
            + " SELECT CAST(? AS VARCHAR(255))"
            + " WHERE NOT EXISTS (SELECT 1 FROM lockstep_housekeeping WHERE application = ?) AND {durably}";

    private final String application;
    private final String clock;
    private final String housekeeping;

    ClockRow(String application, Dialect dialect) {
        this.application = application;
        this.clock = dialect.sql(CLOCK);
        this.housekeeping = dialect.sql(HOUSEKEEPING);
    }

    /** Makes the rows if they are missing. A new clock row starts a new epoch. */
    void ensure(Link link) throws SQLException {
        insert(link, housekeeping, application, application);
        insert(link, clock, application, UUID.randomUUID(), application);
    }

    private static void insert(Link link, String sql, Object... arguments) throws SQLException {
        try {
            link.update(sql, arguments);
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith("23")) {
                throw e;
            }
        }
    }
}

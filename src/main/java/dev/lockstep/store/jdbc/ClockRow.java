package dev.lockstep.store.jdbc;

import dev.lockstep.LockstepException;
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

    private static final String NAME = "SELECT application FROM lockstep_log_clock WHERE application = ?";

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

    /**
     * Fails if the database takes another application's rows for this one's.
     *
     * @throws LockstepException where its collation tells the two names not apart
     */
    void requireOwn(Link link) throws SQLException {
        String name = link.first(NAME, row -> row.getString(1), application);
        if (name != null && !name.equals(application)) {
            throw new LockstepException(
                    "LOCKSTEP-0151 The database's collation takes the application \"" + application + "\" for \"" + name
                            + "\", whose sessions are there already: give it a name that differs by more"
                            + " (lockstep.application), or a database of its own",
                    null);
        }
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

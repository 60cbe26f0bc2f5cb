package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.LockstepException;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The row that is the clock of an application's log, and the one that its sweepers lock. Each
 * application has them once. Thread-safe, and safe when several nodes do so at once.
 */
public final class LogClock {

    /**
     * The version is 0 if a node makes the row as it starts: its first key may be older than all
     * sessions ({@link KeyTable#madeAt}). It is null if one at work makes it again: others may be
     * at work, too, and open sessions while the key is made.
     */
    private static final String INSERT = """
            INSERT INTO lockstep_log_clock (application, epoch, position, floor, key_version)
            SELECT CAST(:application AS VARCHAR(255)), {fresh}, 0, 0, CAST(:version AS DECIMAL(19))
            WHERE NOT EXISTS (SELECT 1 FROM lockstep_log_clock WHERE application = :application) AND {durably}
            """;

    private static final String INSERT_HOUSEKEEPING = """
            INSERT INTO lockstep_housekeeping (application)
            SELECT CAST(:application AS VARCHAR(255))
            WHERE NOT EXISTS (SELECT 1 FROM lockstep_housekeeping WHERE application = :application) AND {durably}
            """;

    private static final String NAME =
            "SELECT {now}, c.application FROM lockstep_log_clock c WHERE c.application = :application";

    private static final String READ = "SELECT {clock} FROM lockstep_log_clock c WHERE c.application = :application";

    private static final String START_EPOCH = """
            UPDATE lockstep_log_clock c SET epoch = {fresh}
            WHERE c.application = :application AND {epoch} = :epoch AND {durably}
            """;

    private final String application;
    private final Dialect dialect;
    private final SqlErrors errors;
    private final Sql insert;
    private final Sql insertHousekeeping;
    private final Sql name;
    private final Sql read;
    private final Sql startEpoch;

    public LogClock(String application, Dialect dialect) {
        this.application = application;
        this.dialect = dialect;
        this.errors = dialect.errors();
        this.insert = dialect.sql(INSERT).with("application", application);
        this.insertHousekeeping = dialect.sql(INSERT_HOUSEKEEPING).with("application", application);
        this.name = dialect.sql(NAME).with("application", application);
        this.read = dialect.sql(READ).with("application", application);
        this.startEpoch = dialect.sql(START_EPOCH).with("application", application);
    }

    /**
     * Makes the rows if they are missing, before this node begins to work. A new clock row starts a
     * new epoch.
     */
    public void ensure(StoreConnection connection) throws SQLException {
        ensure(connection, 0L);
    }

    private void ensure(StoreConnection connection, @Nullable Long version) throws SQLException {
        dialect.ensureEpoch(connection);
        insert(connection, insertHousekeeping);
        insert(connection, insert.with("fresh", UUID.randomUUID()).with("version", version));
    }

    /**
     * Whether what failed, and has changed nothing, may now be done again: what it collided with
     * has passed, or the rows were missing and have been made.
     */
    public boolean repaired(StoreConnection connection, SQLException failure) throws SQLException {
        boolean missing = failure instanceof MissingClockException;
        if (missing) {
            ensure(connection, null);
        }
        return missing || errors.means(SqlErrors.Meaning.PASSING, failure);
    }

    /**
     * Fails if the database takes another application's rows for this one's.
     *
     * @throws LockstepException where its collation tells the two names not apart
     */
    public void requireOwn(StoreConnection connection) throws SQLException {
        String found = connection.first(name, row -> row.getString(2));
        if (found != null && !found.equals(application)) {
            throw new LockstepException(
                    "LOCKSTEP-0151 The database's collation takes the application \"" + application + "\" for \""
                            + found
                            + "\", whose sessions are there already: give it a name that differs by more"
                            + " (lockstep.application), or a database of its own",
                    null);
        }
    }

    public ClockReading read(StoreConnection connection) throws SQLException {
        return ClockReading.require(connection.first(read, ClockReading::map));
    }

    /** Starts a new epoch, unless that of a place is over already. */
    public int startEpoch(StoreConnection connection, LogPosition seen) throws SQLException {
        return connection.update(startEpoch.with("fresh", UUID.randomUUID()).with("epoch", seen.epoch()));
    }

    private void insert(StoreConnection connection, Sql row) throws SQLException {
        try {
            connection.update(row);
        } catch (SQLException e) {
            if (!errors.means(SqlErrors.Meaning.CONSTRAINT, e)) {
                throw e;
            }
        }
    }
}

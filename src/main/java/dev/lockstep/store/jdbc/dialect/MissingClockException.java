package dev.lockstep.store.jdbc.dialect;

import java.sql.SQLException;

/**
 * The application has no clock row: the tables were emptied, or restored from before its first
 * start.
 */
public final class MissingClockException extends SQLException {

    private static final long serialVersionUID = 1L;

    public MissingClockException() {
        super("LOCKSTEP-0107 The application's row in lockstep_log_clock is missing", "02000");
    }
}

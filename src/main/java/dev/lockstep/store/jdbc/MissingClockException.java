package dev.lockstep.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The application has no clock row: the tables were emptied, or restored from before its first start. */
final class MissingClockException extends SQLException {

    private static final long serialVersionUID = 1L;

    MissingClockException() {
        super("LOCKSTEP-0107 The application's row in lockstep_log_clock is missing", "02000");
    }

    static <T> T require(@Nullable T row) throws MissingClockException {
        if (row == null) {
            throw new MissingClockException();
        }
        return row;
    }
}

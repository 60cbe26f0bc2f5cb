package dev.lockstep.cache.database;

import dev.lockstep.cache.file.UnsafeFileException;
import java.sql.SQLException;

/** The file of a SQLite database cannot be trusted. */
final class UnsafeDatabaseException extends SQLException {

    private static final long serialVersionUID = 1L;

    UnsafeDatabaseException(UnsafeFileException cause) {
        super(cause.getMessage(), cause);
    }
}

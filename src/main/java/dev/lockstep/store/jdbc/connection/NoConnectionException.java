package dev.lockstep.store.jdbc.connection;

import java.sql.SQLException;

/** A DataSource gave no connection. */
final class NoConnectionException extends SQLException {

    private static final long serialVersionUID = 1L;

    NoConnectionException(SQLException cause) {
        super(cause.getMessage(), cause.getSQLState(), cause);
    }
}

package dev.lockstep.store.jdbc.connection;

import java.sql.SQLException;

/**
 * What was to be stored holds a character that the database can't. Its caller gets an
 * IllegalArgumentException.
 */
public final class InexpressibleException extends SQLException {

    private static final long serialVersionUID = 1L;

    public InexpressibleException() {
        super(
                "LOCKSTEP-0126 The principal, a group or an attribute holds a character that the database's encoding lacks; a"
                        + " database in UTF-8 has all of them");
    }
}

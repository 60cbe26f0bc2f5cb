package dev.lockstep.cache.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What SQLite and PostgreSQL don't have in common. Stateless or immutable.
 *
 * <p>Every statement stands alone and is committed when it returns: no process holds a lock between two of them.
 */
interface Dialect {

    /** Sets a connection's time limits. */
    void setUp(Connection connection, Duration timeout) throws SQLException;

    /** Gives a connection back to a container's pool as it was found. */
    default void tearDown(Connection connection) throws SQLException {}

    /** Checks what must be checked, and makes the table if it is absent; several processes may do so at once. */
    void prepare(Connection connection) throws SQLException;

    /** The SQL of a statement. */
    String sql(Statement statement);

    /** Binds the moment of a reading from this parameter on; see {@link Statement#GET}. */
    void bindNow(PreparedStatement statement, int from) throws SQLException;

    /** Binds the moment of a writing and how long it holds from this parameter on; see {@link Statement#PUT}. */
    void bindLife(PreparedStatement statement, int from, Duration timeToLive) throws SQLException;

    /** Binds the moment of sweeping to this parameter, if the statement has one. */
    void bindSweep(PreparedStatement statement, int from) throws SQLException;

    /** Whether the connection can still be used after this. */
    boolean survives(SQLException e);

    /** Whatever else the files want, now and then. */
    default void maintain(Connection connection) throws SQLException {}
}

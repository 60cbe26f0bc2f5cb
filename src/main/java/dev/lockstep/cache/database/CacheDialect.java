package dev.lockstep.cache.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What SQLite and PostgreSQL don't have in common. Stateless or immutable.
 *
 * <p>Every statement stands alone and is committed when it returns: no process holds a lock between
 * two of them.
 */
interface CacheDialect {

    /** Sets a connection's time limits. */
    void setUp(Connection connection, Duration timeout) throws SQLException;

    /** Gives a connection back to a container's pool as it was found. */
    default void tearDown(Connection connection) throws SQLException {}

    /**
     * Checks what must be checked, and makes the table if it is absent; several processes may do so
     * at once.
     */
    void prepare(Connection connection) throws SQLException;

    /** The SQL of a statement on the rows of an application. */
    String sql(CacheStatement statement, String application);

    /** The bytes of the copy in a row that was found; none where the row is not alive. */
    byte[] copy(byte[] found);

    /**
     * Binds a copy's bytes and how long they live from this parameter on; see
     * {@link CacheStatement#PUT}.
     */
    void bindCopy(PreparedStatement statement, int from, byte[] copy, Duration timeToLive) throws SQLException;

    /** Binds the moment of sweeping to this parameter, if the statement has one. */
    void bindSweep(PreparedStatement statement, int from) throws SQLException;

    /** Whether the connection can still be used after this. */
    boolean survives(SQLException e);

    /** Whatever else the files want, now and then. */
    default void maintain(Connection connection) throws SQLException {}

    /** A text as SQL writes it. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}

package dev.lockstep.store.jdbc.connection;

import dev.lockstep.pool.DriverFailure;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One borrowed connection, in autocommit mode but within {@link #transaction}, and the deadline of
 * its borrower.
 *
 * <p>Used by one thread; only {@link #cancel} may be called by another, at any time.
 */
public final class StoreConnection {

    private final Connection connection;
    private final Deadline deadline;
    private volatile @Nullable Statement running;

    public StoreConnection(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /** What to do with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(StoreConnection connection) throws SQLException;
    }

    /** Reads the current row. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Reads the results of several queries. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(List<ResultSet> queries) throws SQLException;
    }

    public Deadline deadline() {
        return deadline;
    }

    public <T> List<T> query(Sql sql, RowMapper<T> mapper) throws SQLException {
        try (PreparedStatement statement = prepared(sql);
                ResultSet rows = statement.executeQuery()) {
            return all(rows, mapper);
        }
    }

    /** The rows that are left in a result. */
    public static <T> List<T> all(ResultSet rows, RowMapper<T> mapper) throws SQLException {
        List<T> result = new ArrayList<>();
        while (rows.next()) {
            result.add(mapper.map(rows));
        }
        return result;
    }

    /** The first row, or null if there is none. */
    public <T> @Nullable T first(Sql sql, RowMapper<T> mapper) throws SQLException {
        try (PreparedStatement statement = prepared(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? mapper.map(rows) : null;
        }
    }

    public int update(Sql sql) throws SQLException {
        try (PreparedStatement statement = prepared(sql)) {
            return statement.executeUpdate();
        }
    }

    /** Runs a text of any number of statements. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            running = statement;
            statement.execute(sql);
        }
    }

    /** One update, with other values each time, sent together. */
    public void batch(List<Sql> updates) throws SQLException {
        if (updates.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = prepare(updates.get(0))) {
            running = statement;
            for (Sql update : updates) {
                update.bind(statement);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (BatchUpdateException e) {
            throw e.getNextException() == null ? e : e.getNextException();
        }
    }

    /**
     * Runs statements at READ COMMITTED, and commits unless the deadline has passed or anything
     * failed. Leaves the connection as it was; where not even a rollback succeeds it is left to its
     * pool to discard. Within another transaction they are part of that one.
     */
    public <T> T transaction(Work<T> work) throws SQLException {
        if (!connection.getAutoCommit()) {
            return work.on(this);
        }
        int isolation = connection.getTransactionIsolation();
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        connection.setAutoCommit(false);
        T result = committed(work);
        connection.setAutoCommit(true);
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(isolation);
        }
        return result;
    }

    /** Runs statements in a transaction that is rolled back in any case. */
    public void rolledBack(Statements work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.on(this);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** Statements that return nothing. */
    @FunctionalInterface
    public interface Statements {
        void on(StoreConnection connection) throws SQLException;
    }

    private <T> T committed(Work<T> work) throws SQLException {
        try {
            T result = work.on(this);
            deadline.check();
            commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(Throwable reason) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException | UndeclaredThrowableException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Runs a text that begins and commits a transaction by itself, of which all is sent before
     * anything is read. If it fails the transaction is rolled back; what the reader throws comes
     * behind the commit.
     *
     * @param reader is given the results of all queries in it, in their order
     */
    public <T> T wholeTransaction(Sql sql, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepared(sql)) {
            return reader.read(orRolledBack(statement));
        }
    }

    private List<ResultSet> orRolledBack(PreparedStatement statement) throws SQLException {
        boolean done = false;
        try {
            List<ResultSet> results = queries(statement);
            done = true;
            return results;
        } finally {
            if (!done) {
                rollBack();
            }
        }
    }

    private static List<ResultSet> queries(PreparedStatement statement) throws SQLException {
        List<ResultSet> queries = new ArrayList<>();
        boolean query = statement.execute();
        while (query || statement.getUpdateCount() != -1) {
            if (query) {
                queries.add(statement.getResultSet());
            }
            query = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
        }
        return queries;
    }

    /**
     * The driver, being in autocommit mode, knows of no transaction: its own rollback would refuse.
     * A server may be set to begin another one behind each that ends.
     */
    private void rollBack() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK AND NO CHAIN");
        } catch (SQLException | UndeclaredThrowableException e) {
            // the connection broke, and with it the transaction
        }
    }

    /** Asks the database to stop what is running, if it is; what fails here is of no interest. */
    public void cancel() {
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException | UndeclaredThrowableException e) {
                // it has ended
            }
        }
    }

    public Connection jdbc() {
        return connection;
    }

    private PreparedStatement prepared(Sql sql) throws SQLException {
        PreparedStatement statement = prepare(sql);
        running = statement;
        sql.bind(statement);
        return statement;
    }

    private PreparedStatement prepare(Sql sql) throws SQLException {
        try {
            return connection.prepareStatement(sql.text());
        } catch (SQLException | UndeclaredThrowableException e) {
            throw DriverFailure.within(e);
        }
    }

    private void commit() throws SQLException {
        try {
            connection.commit();
        } catch (SQLException | UndeclaredThrowableException e) {
            throw DriverFailure.within(e);
        }
    }
}

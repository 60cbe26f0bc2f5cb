package dev.lockstep.store.jdbc.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/**
 * A connection that is opened on a stack without a frame of this application.
 *
 * <p>With the first connection there is, the classes of a driver are initialised, and H2 then makes
 * the exceptions that it wants to have ready for when memory runs out. They know the classes on the
 * stack: where the driver is the server's, and one of these classes ours, an application that is
 * undeployed would stay in memory for as long as the server runs.
 */
public final class FirstConnection {

    private FirstConnection() {}

    /** Waits for as long as the DataSource does. Fails as it does. */
    public static Connection open(DataSource dataSource, ThreadFactory threads) throws SQLException {
        // the method reference is a class of ours, but hidden: stack traces leave it out
        FutureTask<Connection> opening = new FutureTask<>(dataSource::getConnection);
        threads.newThread(opening).start();
        try {
            return opening.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new SQLException("the DataSource failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted(e);
        }
    }
}

package dev.lockstep.store.jdbc;

import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.store.jdbc.connection.Connections;
import dev.lockstep.store.jdbc.connection.Failures;
import dev.lockstep.store.jdbc.connection.FirstConnection;
import dev.lockstep.store.jdbc.connection.PatientSource;
import dev.lockstep.store.jdbc.connection.SqlErrors;
import dev.lockstep.store.jdbc.connection.StoreExecutor;
import dev.lockstep.store.jdbc.connection.StoreExecutors;
import dev.lockstep.store.jdbc.dialect.Database;
import dev.lockstep.store.jdbc.dialect.StorableText;
import dev.lockstep.store.jdbc.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/**
 * Opens a store: finds out which database it is, makes it fit, and has each statement tried, on a
 * thread of the store.
 */
final class StoreStartup {

    /** What the column holds. */
    private static final int LONGEST_APPLICATION = 255;

    /**
     * Migrations, and all statements of a store one after another, may take longer than any other
     * call.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * A pool may wait for long, and try again and again, before it says that there is no
     * connection.
     */
    private static final Duration CONNECTING = Duration.ofSeconds(30);

    /** A shorter wait is not worth a message. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(StoreStartup.class.getName());

    private StoreStartup() {}

    /**
     * {@link JdbcStore#open(StoreDataSource, String, StoreSettings, ThreadFactory, NodeListener)}.
     *
     * @param source what the connections come from, for people
     */
    static JdbcStore open(
            DataSource dataSource,
            String source,
            String application,
            StoreSettings settings,
            ThreadFactory threads,
            NodeListener listener) {
        if (!StorableText.fits(application, LONGEST_APPLICATION)) {
            throw new IllegalArgumentException("application: 1 to " + LONGEST_APPLICATION + " characters");
        }
        Failures failures = new Failures(source, Dialects.errors());
        StoreExecutors executors =
                new StoreExecutors(listener, settings.threads(), settings.queue(), threads, NodeClock.SYSTEM, failures);
        try {
            Database database = fit(dataSource, settings, executors.reads(), threads);
            JdbcStore store = new JdbcStore(application, settings, executors, database);
            Rehearsal rehearsal = new Rehearsal(database, settings.timeout(), failures);
            patiently(executors.reads(), PATIENCE, store.beginning(rehearsal));
            return store;
        } catch (RuntimeException | Error e) {
            executors.shutdown();
            throw e;
        }
    }

    private static Database fit(
            DataSource dataSource, StoreSettings settings, StoreExecutor executor, ThreadFactory threads) {
        SqlErrors anyErrors = Dialects.errors();
        Connections first = new Connections(
                new PatientSource(() -> FirstConnection.open(dataSource, threads), anyErrors, CONNECTING),
                false,
                anyErrors);
        Database database =
                patiently(executor, CONNECTING, first.job(connection -> recognise(dataSource, connection.jdbc())));
        Schema schema = new Schema(database.dialect());
        SqlErrors errors = database.dialect().errors();
        Connections connections =
                new Connections(new PatientSource(dataSource::getConnection, errors, CONNECTING), false, errors);
        return patiently(executor, PATIENCE, connections.job(connection -> {
            switch (settings.schema()) {
                case MIGRATE -> schema.migrate(connection);
                case VALIDATE -> schema.validate(connection);
                case NONE -> {}
            }
            return database;
        }));
    }

    /** An application whose start hangs should say on what. */
    private static <T> T patiently(StoreExecutor executor, Duration timeout, StoreExecutor.Job<T> job) {
        return executor.call(
                timeout,
                job,
                SILENCE,
                awaited -> LOG.log(
                        System.Logger.Level.WARNING,
                        "LOCKSTEP-0124 The store is not open yet: it waits for " + awaited + ", for " + timeout
                                + " at most"));
    }

    private static Database recognise(DataSource dataSource, Connection connection) throws SQLException {
        return Dialects.of(connection.getMetaData()).inspected(dataSource, connection);
    }
}

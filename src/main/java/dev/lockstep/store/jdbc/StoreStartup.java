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
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Opens a store: finds out which database it is, makes it fit, and has each statement tried, on a
 * thread of the store. Used once; what fails ends the store's threads.
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

    private final DataSource dataSource;
    private final String application;
    private final StoreSettings settings;
    private final ThreadFactory threads;
    private final StoreExecutors executors;

    /**
     * Makes the store's threads.
     *
     * @param source what the connections come from, for people
     */
    StoreStartup(
            DataSource dataSource,
            String source,
            String application,
            StoreSettings settings,
            ThreadFactory threads,
            NodeListener listener) {
        if (!StorableText.fits(application, LONGEST_APPLICATION)) {
            throw new IllegalArgumentException("application: 1 to " + LONGEST_APPLICATION + " characters");
        }
        this.dataSource = dataSource;
        this.application = application;
        this.settings = settings;
        this.threads = threads;
        Failures failures = new Failures(source, Dialects.errors());
        this.executors =
                new StoreExecutors(listener, settings.threads(), settings.queue(), threads, NodeClock.SYSTEM, failures);
    }

    /** All of it, on the thread that calls. */
    JdbcStore opened() {
        return rehearsed(made());
    }

    /** The store, whose tables are as they must be. */
    JdbcStore made() {
        return orShutDown(() -> new JdbcStore(application, settings, executors, fit()));
    }

    /** The same, each of whose statements has been tried. */
    JdbcStore rehearsed(JdbcStore store) {
        return orShutDown(() -> {
            patiently(PATIENCE, store.beginning());
            return store;
        });
    }

    private JdbcStore orShutDown(Supplier<JdbcStore> step) {
        try {
            return step.get();
        } catch (RuntimeException | Error e) {
            executors.shutdown();
            throw e;
        }
    }

    private Database fit() {
        SqlErrors anyErrors = Dialects.errors();
        Connections first = new Connections(
                new PatientSource(() -> FirstConnection.open(dataSource, threads), anyErrors, CONNECTING),
                false,
                anyErrors);
        Database database = patiently(CONNECTING, first.job(connection -> recognise(dataSource, connection.jdbc())));
        Schema schema = new Schema(database.dialect());
        SqlErrors errors = database.dialect().errors();
        Connections connections =
                new Connections(new PatientSource(dataSource::getConnection, errors, CONNECTING), false, errors);
        return patiently(PATIENCE, connections.job(connection -> {
            switch (settings.schema()) {
                case MIGRATE -> schema.migrate(connection);
                case VALIDATE -> schema.validate(connection);
                case NONE -> {}
            }
            return database;
        }));
    }

    /** An application whose start hangs should say on what. */
    private <T> T patiently(Duration timeout, StoreExecutor.Job<T> job) {
        return executors
                .reads()
                .call(
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

package dev.lockstep.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/** Finds out which database it is and makes it fit, once, on a thread of the store. */
final class Opening {

    /** Migrations, and all statements of a store one after another, may take longer than any other call. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A pool may wait for long, and try again and again, before it says that there is no connection. */
    private static final Duration CONNECTING = Duration.ofSeconds(30);

    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(Opening.class.getName());

    private Opening() {}

    static Database open(DataSource dataSource, StoreSettings settings, Lane lane, ThreadFactory threads) {
        Connections first = new Connections(() -> FirstConnection.open(dataSource, threads), false, Dialects.errors());
        Database database = patiently(lane, CONNECTING, first.job(link -> recognise(dataSource, link.connection())));
        Schema schema = new Schema(database.dialect());
        Connections connections = new Connections(
                dataSource::getConnection, false, database.dialect().errors());
        return patiently(lane, PATIENCE, connections.job(link -> {
            switch (settings.schema()) {
                case MIGRATE -> schema.migrate(link);
                case VALIDATE -> schema.validate(link);
                case NONE -> {}
            }
            return database;
        }));
    }

    /** Has what is left to be done before a store is open done: not within the timeout of a single call. */
    static void finish(Lane lane, Lane.Job<?> rest) {
        patiently(lane, PATIENCE, rest);
    }

    /** An application whose start hangs should say on what. */
    private static <T> T patiently(Lane lane, Duration timeout, Lane.Job<T> job) {
        return lane.call(
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

package dev.lockstep.store.jdbc;

import java.time.Duration;
import javax.sql.DataSource;

/**
 * A database that was found fit.
 *
 * @param dialect how to speak to it
 * @param reach which nodes can share it
 * @param durability what its commits lack
 */
record Database(DataSource dataSource, Dialect dialect, Reach reach, Durability durability) {

    SessionChanges sessionChanges(String application, JsonText json) {
        return dialect.equals(Dialect.H2)
                ? new H2SessionChanges(application, json)
                : new PostgresSessionChanges(application, json);
    }

    LogChanges logChanges(String application, JsonText json, Feed feed, Duration timeout) {
        return dialect.equals(Dialect.H2)
                ? new H2LogChanges(application, json, feed, timeout)
                : new PostgresLogChanges(application, json);
    }
}

package dev.lockstep.store.jdbc.dialect;

import java.time.Duration;

/** All statements of the store, for one application. */
public record Statements(
        LogClock clock,
        SessionTable sessions,
        LogTable log,
        NodeTable nodes,
        SessionChanges sessionChanges,
        LogChanges logChanges) {

    public static Statements of(Dialect dialect, String application, Duration timeout) {
        JsonText json = new JsonText();
        return new Statements(
                new LogClock(application, dialect),
                new SessionTable(application, dialect, new SessionRows(json)),
                new LogTable(application, dialect),
                new NodeTable(application, dialect),
                dialect.sessionChanges(application, json),
                dialect.logChanges(application, json, timeout));
    }
}

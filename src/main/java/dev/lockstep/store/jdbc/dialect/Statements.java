package dev.lockstep.store.jdbc.dialect;

import java.time.Duration;

/** All statements of the store, for one application. */
public record Statements(
        LogClock clock,
        SessionTable sessions,
        SessionQueries search,
        LogTable log,
        NodeTable nodes,
        KeyTable keys,
        SessionChanges sessionChanges,
        LogChanges logChanges,
        RevocationChanges revocationChanges) {

    public static Statements of(Dialect dialect, String application, Duration timeout) {
        SessionTable sessions = new SessionTable(application, dialect);
        LogChanges logChanges = dialect.logChanges(application, sessions, timeout);
        return new Statements(
                new LogClock(application, dialect),
                sessions,
                new SessionQueries(application, sessions, dialect),
                new LogTable(application, dialect),
                new NodeTable(application, dialect),
                new KeyTable(application, dialect, logChanges),
                dialect.sessionChanges(application, sessions),
                logChanges,
                dialect.revocationChanges(application, timeout));
    }
}

package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Reads session rows. Thread-safe. */
public final class SessionRows {

    /** What a query selects of the session {@code s}. */
    static final String COLUMNS = "s.id, s.principal, s.groups, s.attributes,"
            + " s.created_at, s.last_seen_at, s.expires_at, s.idle_timeout";

    /** How many columns {@link #map} reads. */
    public static final int WIDTH = 8;

    private final JsonText json;

    public SessionRows(JsonText json) {
        this.json = json;
    }

    /** The session whose columns follow the first {@code before} ones. */
    public Session map(ResultSet row, int before) throws SQLException {
        return new Session(
                row.getString(before + 1),
                row.getString(before + 2),
                json.set(row.getString(before + 3)),
                json.map(row.getString(before + 4)),
                Instant.ofEpochMilli(row.getLong(before + 5)),
                Instant.ofEpochMilli(row.getLong(before + 6)),
                Instant.ofEpochMilli(row.getLong(before + 7)),
                Duration.ofMillis(row.getLong(before + 8)));
    }
}

package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Reads rows of the revocation log. */
public final class LogRows {

    /** What a query selects of the log row {@code r}. */
    static final String COLUMNS = "r.position, r.digest, r.session_id, r.principal, r.cause, r.revoked_at";

    /** How many columns {@link #map} reads. */
    public static final int WIDTH = 6;

    private LogRows() {}

    /** The revocation whose columns follow the first {@code before} ones. */
    public static Revocation map(ResultSet row, int before) throws SQLException {
        return new Revocation(
                row.getLong(before + 1),
                TokenDigest.of(row.getBytes(before + 2)),
                row.getString(before + 3),
                row.getString(before + 4),
                Cause.valueOf(row.getString(before + 5)),
                Instant.ofEpochMilli(row.getLong(before + 6)));
    }
}

package dev.lockstep.chaos.cluster;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** The application's key in the store, as operators change it, past the product. */
public final class StoredKey {

    private static final String NO_LONGER_IN_FORCE = "UPDATE lockstep_log_clock SET key_version = NULL";
    private static final String IN_FORCE =
            "SELECT COALESCE(MAX(key_version), 0) FROM lockstep_log_clock WHERE application = 'chaos'";
    private static final long YEAR_MILLIS = TimeUnit.DAYS.toMillis(365);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

    private final ClusterDatabase database;

    private StoredKey(ClusterDatabase database) {
        this.database = database;
    }

    public static StoredKey of(ClusterDatabase database) {
        return new StoredKey(database);
    }

    /** Returns when a node has made another version. */
    public void replace() throws SQLException, InterruptedException {
        long former = inForce();
        database.execute(NO_LONGER_IN_FORCE);
        awaitAnother(former);
    }

    /** The same; somebody else may know the former versions. */
    public void replaceLeaked() throws SQLException, InterruptedException {
        long former = inForce();
        database.execute("UPDATE lockstep_key SET leaked = TRUE");
        database.execute(NO_LONGER_IN_FORCE);
        awaitAnother(former);
    }

    /**
     * Makes the key look a year old, which the nodes learn with the version that follows it: they
     * refuse tokens by their tags alone when no session can be left from before there was a key.
     */
    public void age() throws SQLException, InterruptedException {
        long former = inForce();
        database.execute(NO_LONGER_IN_FORCE, "UPDATE lockstep_key SET created_at = created_at - " + YEAR_MILLIS);
        awaitAnother(former);
    }

    private long inForce() throws SQLException, InterruptedException {
        return Long.parseLong(database.one(IN_FORCE));
    }

    private void awaitAnother(long former) throws SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (long present = inForce(); present == former || present == 0; present = inForce()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("no node makes a key");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}

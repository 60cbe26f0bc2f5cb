package dev.lockstep.chaos.cluster;

import dev.lockstep.docs.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A primary and its standby, as docs/howto/postgresql-ha.md has operators set them up. Used by one
 * thread at a time; only {@link #primary} by any.
 */
public final class PostgresPair implements AutoCloseable {

    private static final Block FOLLOWERS = Block.printed("docs/howto/postgresql-ha.md", "sql", 1);
    private static final Block URL = Block.printed("docs/howto/postgresql-ha.md", "properties", 1);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final PairedPostgres first;
    private final PairedPostgres second;
    private final boolean synchronous;
    private volatile PairedPostgres primary;

    private PostgresPair(Path directory, boolean synchronous) throws IOException {
        this.first = new PairedPostgres(directory, "db1", synchronous);
        this.second = new PairedPostgres(directory, "db2", synchronous);
        this.synchronous = synchronous;
        this.primary = first;
    }

    /** Starts both; the second follows the first. */
    static PostgresPair start(Path directory, boolean synchronous) throws IOException, InterruptedException {
        PostgresPair pair = new PostgresPair(directory, synchronous);
        try {
            pair.first.begin();
            pair.second.copyAndFollow(pair.first);
            pair.awaitStandby();
            return pair;
        } catch (IOException | RuntimeException e) {
            pair.close();
            throw e;
        }
    }

    /** Whether a commit waits for the standby. */
    public boolean isSynchronous() {
        return synchronous;
    }

    public PairedPostgres primary() {
        return primary;
    }

    public PairedPostgres standby() {
        return primary == first ? second : first;
    }

    List<PairedPostgres> both() {
        return List.of(first, second);
    }

    /** The nodes' URL, by ways of their own to the first and to the second. */
    static String url(int toFirst, int toSecond) {
        return URL.text()
                .strip()
                .replace("lockstep.store.url=", "")
                .replace("db1", "127.0.0.1:" + toFirst)
                .replace("db2", "127.0.0.1:" + toSecond)
                .replace("/sessions", "/postgres");
    }

    /** The standby takes over; the primary must be gone. */
    public void promoteStandby() throws IOException, InterruptedException {
        PairedPostgres next = standby();
        next.promote();
        primary = next;
    }

    /** The former primary, which does not run, comes back and follows the new one. */
    public void bringBack(boolean rewound) throws IOException, InterruptedException {
        if (rewound) {
            standby().rewindAndFollow(primary);
        } else {
            standby().copyAndFollow(primary);
        }
        awaitStandby();
    }

    /** Waits until the standby follows, and commits wait for it where they are to. */
    public void awaitStandby() throws IOException, InterruptedException {
        String wanted = synchronous ? "quorum" : "async";
        String query = "SELECT count(*) FROM (" + FOLLOWERS.text().strip().replace(";", "") + ") f WHERE sync_state = '"
                + wanted + "'";
        long end = System.nanoTime() + PATIENCE_NANOS;
        try {
            while (!primary.one(query).equals("1")) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException(
                            "the standby does not follow, see " + standby().log());
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Waits until the standby has on its disk what the primary has committed so far. */
    public void awaitReceipt() throws SQLException, InterruptedException {
        String written = primary.one("SELECT pg_current_wal_flush_lsn()");
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!primary.one("SELECT count(*) FROM pg_stat_replication WHERE flush_lsn >= '" + written + "'")
                .equals("1")) {
            if (System.nanoTime() - end > 0) {
                throw new SQLException(
                        "the standby receives nothing, see " + standby().log());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public void close() {
        both().forEach(PairedPostgres::close);
    }
}

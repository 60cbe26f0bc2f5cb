package dev.lockstep.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings the tables forward to the newest version, file by file. Never back. Thread-safe.
 *
 * <p>Any number of nodes may be at it. In PostgreSQL each file is a transaction under an advisory lock, and whoever gets
 * the lock looks again whether the file has been run meanwhile. The lock ends with its transaction, hence with its
 * connection: a node that is killed leaves nothing behind. In H2 every definition commits at once and ends all locks; there
 * two nodes may run a file at the same time, and one of them fails on what the other is making. Since a file leaves alone
 * what is there, running it again is the remedy, for that as for a file that was cut short.
 */
final class Migration {

    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * The number is "Lockstep" in ASCII. Others may be at a file for a while. After that, waiting for a table that is in
     * use would make all who use it wait as well.
     */
    private static final String ALONE_IN_POSTGRESQL = "SET TRANSACTION READ WRITE;"
            + "SET LOCAL statement_timeout = 0;"
            + "SET LOCAL lock_timeout = '60s';"
            + "SELECT pg_advisory_xact_lock(5507730182447064432);"
            + "SET LOCAL lock_timeout = '5s';";

    private final Dialect dialect;
    private final SchemaFiles files;
    private final SchemaVersion version;

    Migration(Dialect dialect, SchemaFiles files, SchemaVersion version) {
        this.dialect = dialect;
        this.files = files;
        this.version = version;
    }

    void run(Link link) throws SQLException {
        int failures = 0;
        int reached = version.recorded(link);
        while (reached < files.newest()) {
            try {
                step(link, reached);
            } catch (SQLException e) {
                failures++;
                if (failures == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            link.deadline().check();
            reached = version.recorded(link);
        }
    }

    private void step(Link link, int from) throws SQLException {
        if (dialect.equals(Dialect.H2)) {
            link.execute(files.next(from));
            return;
        }
        link.transaction(tx -> {
            tx.execute(ALONE_IN_POSTGRESQL);
            if (from == 0 || version.recorded(tx) == from) {
                tx.execute(files.next(from));
            }
            return from;
        });
    }
}

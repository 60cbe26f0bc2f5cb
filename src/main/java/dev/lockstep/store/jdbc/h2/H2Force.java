package dev.lockstep.store.jdbc.h2;

import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import dev.lockstep.store.jdbc.dialect.Durability;
import java.sql.SQLException;

/**
 * Forces H2's file to the disk. A commit of H2 has written to the file when it returns, and leaves
 * to the operating system when the disk gets it.
 *
 * <p>One force serves all commits that were made before it began, so the more come at a time, the
 * less each costs. It is outside of any transaction: no lock is held meanwhile.
 *
 * <p>Thread-safe. All fields are guarded by this object's lock, which is not held while a force is
 * under way. Forces are numbered; at most one is under way, the newest one begun. Whoever comes
 * needs the next to begin, or a later one: it waits while one is under way, and begins one itself
 * if nobody else has.
 */
final class H2Force implements Durability {

    private static final Sql FORCE = Sql.of("CHECKPOINT SYNC");

    private long begun;
    private long done;
    private boolean underWay;

    @Override
    public void ensure(StoreConnection connection) throws SQLException {
        if (begin(next(), connection.deadline())) {
            boolean forced = false;
            try {
                connection.update(FORCE);
                forced = true;
            } finally {
                end(forced);
            }
        }
    }

    private synchronized long next() {
        return begun + 1;
    }

    /** Whether the caller has to force; else one that began late enough is done. */
    private synchronized boolean begin(long needed, Deadline deadline) throws SQLException {
        try {
            while (underWay && done < needed) {
                deadline.check();
                wait(deadline.remainingMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while another thread forces the file", e);
        }
        if (done >= needed) {
            return false;
        }
        begun++;
        underWay = true;
        return true;
    }

    private synchronized void end(boolean forced) {
        underWay = false;
        if (forced) {
            done = begun;
        }
        notifyAll();
    }
}

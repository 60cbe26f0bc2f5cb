package dev.lockstep.revocation;

import dev.lockstep.LockstepException;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.LogPage;

/**
 * Reads a long log page by page: tells how far a page goes, and trusts none that leaves anything
 * out.
 */
final class LogPages {

    private LogPages() {}

    /**
     * How far the log is known after a page. Rows follow each other without a gap, from the place
     * that was asked for, or from the floor if that lies higher: below it rows are trimmed. A page
     * may hold as few rows as it likes, but if it holds none, nothing more is in the log.
     *
     * @throws LockstepException if the page leaves out a row
     */
    static LogPosition end(LogPage page, LogPosition after) {
        long end = Math.max(after.position(), page.floor());
        for (Revocation row : page.rows()) {
            end++;
            if (row.position() != end) {
                throw gap();
            }
        }
        LogPosition reached = new LogPosition(after.epoch(), end);
        if (page.rows().isEmpty() && !reached.reaches(page.head())) {
            throw gap();
        }
        return reached;
    }

    private static LockstepException gap() {
        return new LockstepException(
                "LOCKSTEP-0219 The store left out rows of its revocation log, or returned them out of order. If the store is the"
                        + " application's own, let RevocationLog.poll give every row after a place, in order.",
                null);
    }
}

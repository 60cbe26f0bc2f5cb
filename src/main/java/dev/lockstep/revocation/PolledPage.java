package dev.lockstep.revocation;

import dev.lockstep.LockstepException;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRow;

/**
 * A page of the log, as a poll has read it, and what it says beside what this node knew before:
 * whether the node may go on with its facts, and how far the page goes.
 *
 * @param applied how far the node had applied the log; the poll asked for what follows
 * @param written what the node wrote last, or tried to write, as its progress
 * @param pushed how far the log was said to reach, by pushes that came before the poll was sent
 */
record PolledPage(LogPage page, LogPosition applied, LogPosition written, long pushed) {

    /**
     * Whether facts that have taken in this page, and those that follow, know of every revocation;
     * else the node must start afresh.
     */
    boolean vouchesFor(Facts facts) {
        NodeRow self = page.self();
        return self != null
                && !self.fenced()
                && !isUsedByAnother()
                && page.head().reaches(applied)
                && page.head().epoch() == facts.epoch()
                && !wasInvented()
                && !facts.hasEnded();
    }

    /**
     * Something was pushed that the log does not have: what is pushed was committed before. Floors
     * may be too high then.
     */
    private boolean wasInvented() {
        return pushed > page.head().position();
    }

    /**
     * A clone of this process goes on with the same row: it has written what this one never tried
     * to write.
     */
    boolean isUsedByAnother() {
        NodeRow self = page.self();
        return self != null
                && self.applied().epoch() == written.epoch()
                && self.applied().position() > written.position();
    }

    /** Why the node must start afresh, for people. */
    String reason() {
        NodeRow self = page.self();
        if (self == null) {
            return "its registration is gone";
        }
        if (self.fenced()) {
            return "another node had to wait for it";
        }
        if (isUsedByAnother()) {
            return "another process, a copy of this one, uses the same registration";
        }
        if (page.head().reaches(applied) && wasInvented()) {
            return "another node told of revocations that the log does not have";
        }
        return "the store's history changed (restored from a backup, or failed over)";
    }

    /**
     * How far the log is known after this page. Rows follow each other without a gap, from the
     * place that was asked for, or from the floor if that lies higher: below it rows are trimmed. A
     * page may hold as few rows as it likes, but if it holds none, nothing more is in the log.
     *
     * @throws LockstepException if the page leaves out a row
     */
    LogPosition end() {
        long end = Math.max(applied.position(), page.floor());
        for (Revocation row : page.rows()) {
            end++;
            if (row.position() != end) {
                throw gap();
            }
        }
        LogPosition reached = new LogPosition(applied.epoch(), end);
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

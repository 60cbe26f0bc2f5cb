package dev.lockstep.spi;

import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The revocation log and the node rows of a store: what lets nodes trust cached copies. Implemented
 * by a {@link SessionStore}, whose {@code revoke} and {@code rotate} append to the log.
 *
 * <p>The protocol relies on this: positions grow in the order of commits, so that a reader who sees
 * a position sees every row up to it; each method sees everything that was committed before it was
 * called; committed rows are never lost. Deadlines and errors are those of {@link SessionStore}.
 */
public interface RevocationLog {

    /**
     * Commits the row of a node: from then on every revocation waits for it. Its {@code applied} is
     * the log's position at that moment.
     *
     * @param nodeId new and unique
     * @param name identifies the node to people
     * @param lease how long the node may trust its facts at a time
     * @return the place from which the node's facts are complete, and the rows of the other nodes,
     *     read under the log's lock: of two nodes that register at the same time, the later one
     *     sees the earlier
     */
    Registration register(String nodeId, String name, Duration lease);

    /**
     * Reads, in one statement, the node's own row, the clock row, and the log after the given
     * place.
     *
     * @param limit how many rows at most; fewer are fine, since the reader goes on until a row
     *     reaches the head
     */
    LogPage poll(String nodeId, LogPosition after, int limit);

    /** Writes how far a node has applied the log. */
    void acknowledge(String nodeId, LogPosition applied);

    /**
     * As {@link SessionStore#revoke}, and then, after the commit, a reading of the node rows; in
     * the same round trip where the database can do that.
     *
     * @throws dev.lockstep.StoreUnavailableException if the store is out of reach, for all of them;
     *     after any other exception they are tried again in halves, so that one that the store
     *     refuses fails alone
     */
    Committed<List<Revoked>> commitRevocations(List<RevocationTarget> targets);

    /**
     * As {@link SessionStore#rotate}, and then a reading of the node rows as
     * {@link #commitRevocations} makes it.
     */
    @Nullable
    Committed<Rotated> commitRotation(TokenDigest current, TokenDigest next);

    /**
     * Appends a row for each of these targets, of which the store knows no session, so that every
     * node hears of them: a cached copy may be all that is left of one.
     * {@link RevocationTarget.OfApplication} voids all copies.
     *
     * <p>A text that no session can have, because it is empty, too long, or cannot be stored, needs
     * no row.
     *
     * @param gone not empty
     * @return the new rows; up to null where none was needed
     */
    Committed<Revoked> announce(List<RevocationTarget> gone);

    /**
     * The rows of all nodes of the application, this one's included. Never answered by a replica
     * that may lag.
     */
    NodeRows nodes();

    /**
     * As {@link #nodes}, of these nodes alone: one that is not among the rows is gone. Asked for
     * again after each pause while a logout waits.
     *
     * @param nodeIds may be empty, for the head alone
     */
    NodeRows nodesAmong(Collection<String> nodeIds);

    /** Marks nodes so that their next poll grants nothing and they register again. */
    void fence(Collection<String> nodeIds);

    /** Deletes the rows of nodes whose lease is known to be over. */
    void remove(Collection<String> nodeIds);

    /**
     * Deletes log rows up to a place, or a first part of them, and raises the floor to the last one
     * deleted, in one transaction. Does nothing in another epoch. The caller ensures that every
     * lease granted before those rows were committed is over.
     */
    void trim(LogPosition upTo);

    /**
     * Starts a new epoch if the log is still in the given one. Called by a node that has seen the
     * position go back.
     */
    void startEpoch(LogPosition seen);

    /**
     * What was committed, and what followed.
     *
     * @param outcome what was committed
     * @param nodes the node rows, read after the commit
     */
    record Committed<T>(T outcome, NodeRows nodes) {}

    /**
     * A reading of node rows.
     *
     * @param head the log's epoch and newest position at that moment: another epoch than that of a
     *     commit means that the commit may be gone
     * @param rows of the nodes that were asked for
     */
    record NodeRows(LogPosition head, List<NodeRow> rows) {
        public NodeRows {
            rows = List.copyOf(rows);
        }
    }

    /** What a node knows from registering. */
    record Registration(LogPosition position, List<NodeRow> others) {
        public Registration {
            others = List.copyOf(others);
        }
    }

    /**
     * A node of the application.
     *
     * @param id its row's identifier
     * @param name identifies the node to people
     * @param lease for how long at a time it trusts copies; 0 if it never does
     * @param applied how far it has applied the log
     * @param fenced whether it must register again
     * @param version the {@linkplain LockstepVersion version of Lockstep} that it runs; null where
     *     that is not known
     * @param registeredAt when it registered, by the store's clock; null where the store does not
     *     keep that
     */
    record NodeRow(
            String id,
            String name,
            Duration lease,
            LogPosition applied,
            boolean fenced,
            @Nullable String version,
            @Nullable Instant registeredAt) {

        /** Of a node of which no more is known. */
        public NodeRow(String id, String name, Duration lease, LogPosition applied, boolean fenced) {
            this(id, name, lease, applied, fenced, null, null);
        }

        /** Whether it ever trusts copies: without a lease it asks the store each time. */
        public boolean trustsCopies() {
            return !lease.isZero();
        }
    }

    /**
     * A reading of the log.
     *
     * @param self the node's own row, or null where it is gone
     * @param head the log's epoch and newest position
     * @param floor rows at or below it are trimmed
     * @param storeMillis the store's clock, in milliseconds since the epoch
     * @param rows the log after the place asked for, or after the floor if that lies higher: in
     *     order, the position of each one more than of the row before, at most as many as asked
     *     for. None only where there are none. A page that leaves out a row is refused
     * @param keyVersion the {@linkplain KeyVersion#number number} of the version of the key that is
     *     in force, as {@link KeyRingStore} keeps it; 0 where none is
     */
    record LogPage(
            @Nullable NodeRow self,
            LogPosition head,
            long floor,
            long storeMillis,
            List<Revocation> rows,
            long keyVersion) {
        public LogPage {
            rows = List.copyOf(rows);
        }

        /** Of a store that keeps no key. */
        public LogPage(@Nullable NodeRow self, LogPosition head, long floor, long storeMillis, List<Revocation> rows) {
            this(self, head, floor, storeMillis, rows, 0);
        }
    }
}

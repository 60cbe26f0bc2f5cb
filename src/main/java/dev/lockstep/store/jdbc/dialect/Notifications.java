package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Poke;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** How a kind of database tells its clients something at once. For one application. Thread-safe. */
public interface Notifications {

    /** The value of {@code lockstep.channel} that stands for it. */
    String channel();

    /**
     * Has a connection listen to what is for all nodes, and to what is for one sender of pokes.
     *
     * @param lent a connection of a pool
     * @throws DeafConnectionException if what the pool lends can't listen, whichever it lends
     */
    Listener listen(Connection lent, String sender) throws SQLException;

    /** Sends texts, in their order. */
    void send(StoreConnection connection, List<Note> notes) throws SQLException;

    /**
     * Writes how far a node has applied the log, and tells these senders behind that.
     *
     * @param answer what they are told
     */
    void acknowledge(
            StoreConnection connection, String nodeId, LogPosition applied, Poke answer, Collection<String> senders)
            throws SQLException;

    /**
     * A text for other nodes.
     *
     * @param to a sender of texts; empty for all nodes
     */
    record Note(Optional<String> to, String text) {}

    /** A connection that listens. One thread's. */
    interface Listener {

        /** Waits until something comes, and returns the texts of all that has; none at the end. */
        List<String> await(Duration atMost) throws SQLException;

        /** Leaves the connection as it came. */
        void end() throws SQLException;
    }

    /** A pool lends connections that can't listen. */
    final class DeafConnectionException extends SQLException {

        private static final long serialVersionUID = 1;

        public DeafConnectionException(String reason) {
            super(reason);
        }
    }
}

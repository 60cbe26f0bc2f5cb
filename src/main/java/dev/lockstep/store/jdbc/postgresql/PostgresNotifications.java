package dev.lockstep.store.jdbc.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Poke;
import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.connection.StoreConnection;
import dev.lockstep.store.jdbc.dialect.Notifications;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * LISTEN and NOTIFY of PostgreSQL, which everybody may use who can connect to the database. So the
 * channels' names hold a hash of the application's, and what is sent no more than a {@link Poke}.
 *
 * <p>A transaction that notifies holds a lock of the whole server's from before its commit to the
 * end of it, so that all who notify commit one after the other. So none of these is one that waits
 * for its commit to be on disk: a revocation is told by a transaction of its own behind the commit,
 * in the same round trip, and an acknowledgement, which may be lost, does not wait for the disk.
 *
 * <p>Notifications queue up in the server while some client's transaction listens and does not
 * end, and with a full queue every NOTIFY fails. So nothing is sent by then.
 */
final class PostgresNotifications implements Notifications {

    private static final String QUEUE_HAS_ROOM = "pg_notification_queue_usage() < 0.5";

    private static final String SEND = "SELECT pg_notify(t.channel, :text)"
            + " FROM unnest(CAST(:channels AS text[])) AS t (channel) WHERE {undurably} AND " + QUEUE_HAS_ROOM;

    private static final String ACKNOWLEDGE = """
            WITH written AS (UPDATE lockstep_node SET applied = :position, applied_epoch = :epoch
            WHERE application = :application AND id = :id AND (applied_epoch <> :epoch OR applied < :position))
            """ + SEND;

    /** How much of the hash is enough for the applications of a database. */
    private static final int HASH_BYTES = 8;

    private final String everybody;
    private final Sql send;
    private final Sql acknowledge;

    PostgresNotifications(PostgresDialect dialect, String application) {
        this.everybody = channelOf(application);
        this.send = dialect.sql(SEND);
        this.acknowledge = dialect.sql(ACKNOWLEDGE).with("application", application);
    }

    /**
     * A transaction that tells all nodes how far the log reaches by now, if its clock row is there:
     * of a text that has the parameter {@code :sender}. PostgreSQL tells them when this transaction
     * has committed, so it does not wait for the disk a second time.
     */
    static String committed(String application) {
        return "BEGIN;SELECT pg_notify('" + channelOf(application)
                + "', 'c ' || {epoch} || ' ' || c.position || ' ' || :sender)"
                + " FROM lockstep_log_clock c WHERE c.application = :application AND {undurably} AND " + QUEUE_HAS_ROOM
                + ";COMMIT";
    }

    @Override
    public String channel() {
        return "postgresql";
    }

    @Override
    public Listener listen(Connection lent, String sender) throws SQLException {
        return PostgresListener.open(lent, everybody, channelOf(sender, everybody));
    }

    @Override
    public void send(StoreConnection connection, Poke poke, Collection<String> senders) throws SQLException {
        connection.query(to(send, poke, senders), row -> true);
    }

    @Override
    public void acknowledge(
            StoreConnection connection, String nodeId, LogPosition applied, Poke answer, Collection<String> senders)
            throws SQLException {
        Sql written =
                acknowledge.with("id", nodeId).with("epoch", applied.epoch()).with("position", applied.position());
        connection.query(to(written, answer, senders), row -> true);
    }

    private Sql to(Sql sql, Poke poke, Collection<String> senders) {
        String[] channels =
                senders.stream().map(sender -> channelOf(sender, everybody)).toArray(String[]::new);
        return sql.with("text", poke.text()).with("channels", PostgresArray.of(channels));
    }

    private static String channelOf(String sender, String everybody) {
        return everybody + "_" + sender;
    }

    /** A name of hexadecimal digits, which needs no quotes. */
    private static String channelOf(String application) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(application.getBytes(UTF_8));
            return "lockstep_" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * LISTEN and NOTIFY of PostgreSQL, which everybody may use who can connect to the database. So the
 * channels' names hold a hash of the application's.
 *
 * <p>A transaction that notifies holds a lock of the whole server's from before its commit to the
 * end of it, so that all who notify commit one after the other. So none of these is one that waits
 * for its commit to be on disk: a revocation is told by a transaction of its own behind the commit,
 * and an acknowledgement, which may be lost, does not wait for the disk.
 *
 * <p>Notifications queue up in the server while some client's transaction listens and does not
 * end, and with a full queue every NOTIFY fails. So nothing is sent by then.
 */
final class PostgresNotifications implements Notifications {

    private static final String QUEUE_HAS_ROOM = "pg_notification_queue_usage() < 0.5";

    private static final String SEND = "SELECT pg_notify(t.channel, t.text)"
            + " FROM unnest(CAST(:channels AS text[]), CAST(:texts AS text[])) AS t (channel, text)"
            + " WHERE {undurably} AND " + QUEUE_HAS_ROOM;

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

    @Override
    public String channel() {
        return "postgresql";
    }

    @Override
    public Listener listen(Connection lent, String sender) throws SQLException {
        return PostgresListener.open(lent, everybody, channelOf(sender, everybody));
    }

    @Override
    public void send(StoreConnection connection, List<Note> notes) throws SQLException {
        connection.query(with(send, notes), row -> true);
    }

    @Override
    public void acknowledge(
            StoreConnection connection, String nodeId, LogPosition applied, Poke answer, Collection<String> senders)
            throws SQLException {
        Sql written =
                acknowledge.with("id", nodeId).with("epoch", applied.epoch()).with("position", applied.position());
        List<Note> notes = senders.stream()
                .map(sender -> new Note(Optional.of(sender), answer.text()))
                .toList();
        connection.query(with(written, notes), row -> true);
    }

    private Sql with(Sql sql, List<Note> notes) {
        return sql.with("channels", texts(notes, this::channelOf)).with("texts", texts(notes, Note::text));
    }

    private static Sql.Value texts(List<Note> notes, Function<Note, String> of) {
        return PostgresArray.of(notes.stream().map(of).toArray(String[]::new));
    }

    private String channelOf(Note note) {
        return note.to().map(sender -> channelOf(sender, everybody)).orElse(everybody);
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

package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.spi.ChannelListener;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.store.jdbc.DeafConnections;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.StoreSettings;
import dev.lockstep.store.jdbc.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

class PostgresPushedLogoutTest extends PushedLogoutContract {

    private static final String LISTENING =
            " FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database()";

    private final AtomicBoolean deaf = new AtomicBoolean();
    private final List<String> listeners = new ArrayList<>();

    /** The listeners of nodes in the order in which these were started. */
    @Override
    protected JdbcStore store(TestDatabase database, StoreSettings settings) {
        listeners.addAll(TestDatabase.query(database.dataSource(), "SELECT CAST(pid AS VARCHAR)" + LISTENING));
        return JdbcStore.open(
                DeafConnections.of(database.dataSource(), deaf::get),
                ChannelNode.APPLICATION,
                settings,
                Executors.defaultThreadFactory());
    }

    /** What is lent from now on can't listen; what the other nodes have is not taken away. */
    @Override
    protected void deafen(TestDatabase database) {
        deaf.set(true);
        TestDatabase.query(database.dataSource(), "SELECT pg_terminate_backend(" + listeners.get(0) + ")");
    }

    @Override
    protected RevocationChannel open(JdbcStore store, ChannelListener listener, PushMessages messages) {
        return store.channel().orElseThrow().factory().open(Executors.defaultThreadFactory(), listener, messages);
    }

    @Override
    protected Wire tap(TestDatabase database, List<String> heard) throws Exception {
        return new Notified(database, heard);
    }

    /** Another client of the database, which may connect, and no more. */
    private static final class Notified implements Wire {

        private static final int GLANCE_MILLIS = 50;

        private static final String ROLE = "stranger";

        private final String url;
        private final String everybody;
        private final Thread listening;
        private volatile boolean closed;

        Notified(TestDatabase database, List<String> heard) throws Exception {
            TestDatabase.execute(
                    database.dataSource(),
                    "DO $$ BEGIN CREATE ROLE " + ROLE + " LOGIN; EXCEPTION"
                            + " WHEN duplicate_object OR unique_violation THEN NULL; END $$");
            assertThat(TestDatabase.query(
                            database.dataSource(),
                            "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'lockstep%' AND"
                                    + " has_table_privilege('" + ROLE
                                    + "', tablename::regclass, 'SELECT, INSERT, UPDATE, DELETE')"))
                    .containsExactly("0");
            this.url = database.dataSource().unwrap(HikariDataSource.class).getJdbcUrl();
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(ChannelNode.APPLICATION.getBytes(StandardCharsets.UTF_8));
            this.everybody = "lockstep_" + HexFormat.of().formatHex(hash, 0, 8);
            this.listening = new Thread(() -> listen(heard));
            listening.start();
        }

        private Connection connect() throws SQLException {
            return DriverManager.getConnection(url, ROLE, "");
        }

        private void listen(List<String> heard) {
            Set<String> followed = new HashSet<>();
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + everybody);
                while (!closed) {
                    PGNotification[] come =
                            connection.unwrap(PGConnection.class).getNotifications(GLANCE_MILLIS);
                    for (PGNotification each : come == null ? new PGNotification[0] : come) {
                        String text = each.getParameter();
                        heard.add(text);
                        if (text.startsWith("m ") && followed.add(text.split(" ")[1])) {
                            statement.execute("LISTEN " + everybody + "_" + text.split(" ")[1]);
                        }
                    }
                }
                statement.execute("UNLISTEN *");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void send(@Nullable String to, String text) throws SQLException {
            try (Connection connection = connect();
                    PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
                notify.setString(1, to == null ? everybody : everybody + "_" + to);
                notify.setString(2, text);
                notify.executeQuery().close();
            }
        }

        @Override
        public void close() throws InterruptedException {
            closed = true;
            listening.join();
        }
    }
}

package dev.lockstep.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.contract.StoreScenario;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** An empty database of its own for a test class, behind a connection pool. */
public final class TestDatabase implements StoreScenario.Database, AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Takes two thirds of the processor's time that a copy by the log takes. */
    private static final String COPY = " STRATEGY FILE_COPY";

    private final HikariDataSource dataSource;

    private TestDatabase(String url, String user, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        this.dataSource = new HikariDataSource(config);
    }

    public static TestDatabase h2InMemory() {
        return new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", 40);
    }

    public static TestDatabase h2File(Path directory) {
        return new TestDatabase("jdbc:h2:file:" + directory.resolve("store"), "sa", 40);
    }

    public static TestDatabase postgres() {
        return postgres(createPostgres());
    }

    public static TestDatabase mariaDb() {
        return mariaDb(createMariaDb());
    }

    static TestDatabase mariaDb(String name) {
        return mariaDb(name, "");
    }

    /** @param options of the driver, each behind an ampersand */
    static TestDatabase mariaDb(String name, String options) {
        return new TestDatabase(mariaDbUrl(name) + options, "root", 40);
    }

    /** Makes an empty MariaDB database and returns its name. */
    static String createMariaDb() {
        String name = "test" + NUMBER.incrementAndGet();
        try {
            SharedServers.mariaDb().execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return name;
    }

    static String mariaDbUrl(String name) {
        return SharedServers.mariaDb().url(name);
    }

    static int mariaDbPort() {
        return SharedServers.mariaDb().port();
    }

    public static TestDatabase postgresInLatin1() {
        return postgres(createPostgres(" ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"));
    }

    public static TestDatabase postgres(String name) {
        return new TestDatabase(SharedServers.postgres().url(name), "postgres", 40);
    }

    /** Makes an empty PostgreSQL database and returns its name. */
    public static String createPostgres() {
        return createPostgres("");
    }

    private static String createPostgres(String options) {
        String name = "test" + NUMBER.incrementAndGet();
        execute(SharedServers.postgres().dataSource(), "CREATE DATABASE " + name + options + COPY);
        return name;
    }

    public static int postgresPort() {
        return SharedServers.postgres().port();
    }

    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public JdbcStore open(String application) {
        return open(application, StoreSettings.DEFAULTS);
    }

    /** Opens a store that waits for long on a busy machine. */
    public JdbcStore open(String application, StoreSettings settings) {
        return JdbcStore.open(
                dataSource,
                application,
                settings.withTimeout(Duration.ofSeconds(30)),
                Executors.defaultThreadFactory());
    }

    /** Moves the instants of an application's sessions back: for them, time has passed. */
    @Override
    public void elapse(String application, Duration by) throws SQLException {
        String sql = "UPDATE lockstep_session SET created_at = created_at - ?, last_seen_at = last_seen_at - ?,"
                + " expires_at = expires_at - ?, valid_until = valid_until - ? WHERE application = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= 4; i++) {
                statement.setLong(i, by.toMillis());
            }
            statement.setString(5, application);
            statement.executeUpdate();
        }
    }

    /** What a query of one number says. */
    public static long number(DataSource dataSource, String query) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of what a query finds. */
    public static List<String> query(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> result = new ArrayList<>();
            while (rows.next()) {
                result.add(rows.getString(1));
            }
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }
}

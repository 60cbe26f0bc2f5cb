package dev.lockstep.cache.database;

import dev.lockstep.cache.file.PrivateFiles;
import dev.lockstep.cache.file.UnsafeFileException;
import dev.lockstep.spi.NodeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a JDBC URL. It asks the driver itself: {@link java.sql.DriverManager} sees only
 * drivers that were there before the first application, and none of {@code WEB-INF/lib}. Immutable,
 * thread-safe.
 */
final class Connector {

    /** As for the other caches: a server that is there accepts within milliseconds. */
    private static final String CONNECT_SECONDS = "2";
    /** The whole login, with TLS and a password hash made costly on purpose. */
    private static final String LOGIN_SECONDS = "5";

    private final String url;
    private final Properties properties;
    private final DatabaseProduct product;
    private final CacheDialect dialect;

    Connector(DatabaseProduct product, DatabaseSettings settings, NodeClock clock) {
        this.url = settings.url().orElseThrow();
        this.product = product;
        this.dialect = product.dialect(clock);
        this.properties = properties(product, settings);
    }

    /** A new connection, ready for use. */
    CacheConnection connect(Duration timeout) throws SQLException {
        prepareFile();
        Connection connection = open();
        try {
            dialect.setUp(connection, timeout);
            dialect.prepare(connection);
            return new CacheConnection(connection, dialect, file());
        } catch (SQLException | RuntimeException e) {
            CacheConnection.closeQuietly(connection);
            throw e;
        }
    }

    private Connection open() throws SQLException {
        @Nullable Connection connection = driver().connect(url, (Properties) properties.clone());
        if (connection == null) {
            throw new SQLException(product + "'s driver does not know this URL");
        }
        return connection;
    }

    private Driver driver() throws SQLException {
        try {
            return product.driver().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new SQLException(product + "'s driver is not available: " + e, e);
        }
    }

    private void prepareFile() throws SQLException {
        Optional<Path> file = product.file(url);
        if (file.isEmpty()) {
            return;
        }
        try {
            PrivateFiles.prepare(file.get().toAbsolutePath());
        } catch (UnsafeFileException e) {
            throw new UnsafeDatabaseException(e);
        } catch (IOException e) {
            throw new SQLException("The file can't be made: " + e, e);
        }
    }

    private @Nullable Object file() throws SQLException {
        Optional<Path> file = product.file(url);
        try {
            return file.isEmpty()
                    ? null
                    : Files.readAttributes(file.get(), BasicFileAttributes.class)
                            .fileKey();
        } catch (IOException e) {
            throw new SQLException("The file has just been deleted: " + e, e);
        }
    }

    private static Properties properties(DatabaseProduct product, DatabaseSettings settings) {
        Properties properties = new Properties();
        properties.putAll(product == DatabaseProduct.POSTGRESQL ? postgres() : Map.of());
        settings.user().ifPresent(user -> properties.setProperty("user", user));
        settings.password().ifPresent(password -> properties.setProperty("password", password));
        return properties;
    }

    /** What the URL says takes precedence. */
    private static Map<String, String> postgres() {
        return Map.of(
                "connectTimeout", CONNECT_SECONDS, "loginTimeout", LOGIN_SECONDS, "ApplicationName", "lockstep-cache");
    }
}

package dev.lockstep.cache.database;

import dev.lockstep.spi.NodeClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/** The databases that can keep the table. */
enum DatabaseProduct {
    SQLITE("SQLite", "jdbc:sqlite:", "org.sqlite.JDBC", "org.xerial:sqlite-jdbc:3.54.1.0"),
    POSTGRESQL("PostgreSQL", "jdbc:postgresql:", "org.postgresql.Driver", "org.postgresql:postgresql:42.7.14");

    private final String title;
    private final String prefix;
    private final String driver;
    private final String coordinates;

    DatabaseProduct(String title, String prefix, String driver, String coordinates) {
        this.title = title;
        this.prefix = prefix;
        this.driver = driver;
        this.coordinates = coordinates;
    }

    /** The one that a URL is for. */
    static Optional<DatabaseProduct> ofUrl(String url) {
        return Arrays.stream(values())
                .filter(product -> url.startsWith(product.prefix))
                .findFirst();
    }

    /** The one at the other end of a connection. */
    static DatabaseProduct of(Connection connection) throws SQLException {
        String name = connection.getMetaData().getDatabaseProductName();
        return Arrays.stream(values())
                .filter(product -> product.title.equals(name))
                .findFirst()
                .orElseThrow(() -> new SQLException(
                        name + " is not one of the databases that can keep the table:" + " SQLite, PostgreSQL"));
    }

    CacheDialect dialect(NodeClock clock) {
        return switch (this) {
            case SQLITE -> new SqliteCacheDialect(clock);
            case POSTGRESQL -> new PostgresCacheDialect();
        };
    }

    /** What to add to the application. */
    String coordinates() {
        return coordinates;
    }

    /** The driver, from the application's libraries or, where it has none, from the server's. */
    Class<? extends Driver> driver() throws ClassNotFoundException {
        try {
            return load(DatabaseProduct.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return load(Thread.currentThread().getContextClassLoader());
        }
    }

    /** The file that a URL names; empty for a server. */
    Optional<Path> file(String url) {
        return this == SQLITE ? Optional.of(Path.of(pathPart(url))) : Optional.empty();
    }

    /**
     * Whether a URL names a file plainly: not SQLite's memory, resources or URIs, which have
     * parameters of their own.
     */
    boolean namesItsPlace(String url) {
        String path = pathPart(url);
        return this != SQLITE || !(path.isBlank() || path.startsWith(":") || path.startsWith("file:"));
    }

    private String pathPart(String url) {
        int mark = url.indexOf('?');
        return url.substring(prefix.length(), mark < 0 ? url.length() : mark);
    }

    private Class<? extends Driver> load(ClassLoader loader) throws ClassNotFoundException {
        return Class.forName(driver, true, loader).asSubclass(Driver.class);
    }

    @Override
    public String toString() {
        return title;
    }
}

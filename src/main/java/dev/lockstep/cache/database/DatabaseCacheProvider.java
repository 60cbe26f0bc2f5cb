package dev.lockstep.cache.database;

import dev.lockstep.cache.wire.WireFormat;
import dev.lockstep.redaction.Redaction;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code lockstep.cache=database}: a table in SQLite or PostgreSQL. Settings, under {@code lockstep.database.}:
 * {@code datasource} (a JNDI name) or {@code url}, {@code user} and {@code password}, {@code connections}.
 */
public final class DatabaseCacheProvider implements SessionCacheProvider {

    private static final String ACCEPTED_URLS =
            "jdbc:sqlite:/folder/file or jdbc:postgresql://host/database, or lockstep.database.datasource instead";

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Set<String> settings() {
        return Set.of("datasource", "url", "user", "password", "connections");
    }

    /** The library of the wire format; which driver is needed is known only from the URL. */
    @Override
    public List<Driver> drivers() {
        return List.of(WireFormat.LIBRARY);
    }

    @Override
    public CacheFactory configure(Settings settings) {
        DatabaseSettings read = new DatabaseSettings(
                settings.text("datasource"),
                settings.text("url"),
                settings.text("user"),
                settings.text("password"),
                (int) settings.number("connections", 8, 1, 1_000));
        check(read, settings);
        return context -> DatabaseCache.open(read, context);
    }

    private static void check(DatabaseSettings read, Settings settings) {
        if (read.dataSource().isPresent() && read.url().isPresent()) {
            settings.problem(
                    "url", read.toString(), "not together with lockstep.database.datasource; remove one of them");
        }
        if (read.dataSource().isEmpty() && read.url().isEmpty()) {
            settings.problem("url", "", ACCEPTED_URLS);
        }
        read.url().ifPresent(url -> checkUrl(url, settings));
    }

    private static void checkUrl(String url, Settings settings) {
        String shown = Redaction.url(url);
        Optional<Product> product = Product.ofUrl(url).filter(it -> it.namesItsPlace(url));
        if (product.isEmpty()) {
            settings.problem("url", shown, ACCEPTED_URLS);
        } else if (!isThere(product.get())) {
            settings.problem(
                    "url",
                    shown,
                    "a URL whose driver the application has; add "
                            + product.get().coordinates() + " to its dependencies");
        }
    }

    private static boolean isThere(Product product) {
        try {
            var unused = product.driver();
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}

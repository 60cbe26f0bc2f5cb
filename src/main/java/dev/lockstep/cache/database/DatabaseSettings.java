package dev.lockstep.cache.database;

import dev.lockstep.redaction.Redaction;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.util.List;
import java.util.Optional;

/**
 * Where the table is.
 *
 * @param dataSource the JNDI name of a DataSource; empty where there is a URL
 * @param url a JDBC URL; empty where there is a DataSource
 * @param user for the URL
 * @param password for the URL
 * @param connections how many connections to keep to the URL at most
 */
record DatabaseSettings(
        Optional<String> dataSource,
        Optional<String> url,
        Optional<String> user,
        Optional<String> password,
        int connections) {

    private static final String ACCEPTED_URLS =
            "jdbc:sqlite:/folder/file or jdbc:postgresql://host/database, or lockstep.database.datasource instead";

    static final Setting<Optional<String>> URL = Setting.optional(
            "url",
            Values.text("`jdbc:sqlite:/var/lib/shop/cache.db` or `jdbc:postgresql://host/database`"),
            "where the table is; parameters after `?` go to the driver (`sslmode=verify-full`); of SQLite a plain path,"
                    + " neither memory nor `file:`");

    static final Setting<Optional<String>> USER =
            Setting.optional("user", Values.text("a name"), "the user of PostgreSQL's URL");

    static final Setting<Optional<String>> PASSWORD =
            Setting.optional("password", Values.text("a text"), "the password of PostgreSQL's URL");

    static final Setting<Integer> CONNECTIONS = Setting.of(
            "connections", Values.number(1, 1_000), "8", "how many connections to the URL each node keeps at most");

    static final Setting<Optional<String>> DATA_SOURCE =
            Setting.optional("datasource", Values.text("a JNDI name"), "a container's DataSource, instead of a URL");

    static final List<Setting<?>> SETTINGS = List.of(URL, USER, PASSWORD, CONNECTIONS, DATA_SOURCE);

    static DatabaseSettings read(Settings settings) {
        DatabaseSettings read = new DatabaseSettings(
                settings.get(DATA_SOURCE),
                settings.get(URL),
                settings.get(USER),
                settings.get(PASSWORD),
                settings.get(CONNECTIONS));
        read.check(settings);
        return read;
    }

    /** Never with a password. */
    @Override
    public String toString() {
        return url.map(Redaction::url).or(() -> dataSource).orElse("nothing");
    }

    private void check(Settings settings) {
        if (dataSource.isPresent() && url.isPresent()) {
            settings.problem(URL, toString(), "not together with lockstep.database.datasource; remove one of them");
        }
        if (dataSource.isEmpty() && url.isEmpty()) {
            settings.problem(URL, "", ACCEPTED_URLS);
        }
        url.ifPresent(each -> checkUrl(each, settings));
    }

    private static void checkUrl(String url, Settings settings) {
        String shown = Redaction.url(url);
        Optional<DatabaseProduct> product = DatabaseProduct.ofUrl(url).filter(it -> it.namesItsPlace(url));
        if (product.isEmpty()) {
            settings.problem(URL, shown, ACCEPTED_URLS);
        } else if (!isThere(product.get())) {
            settings.problem(
                    URL,
                    shown,
                    "a URL whose driver the application has; add "
                            + product.get().coordinates() + " to its dependencies");
        }
    }

    private static boolean isThere(DatabaseProduct product) {
        try {
            var unused = product.driver();
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}

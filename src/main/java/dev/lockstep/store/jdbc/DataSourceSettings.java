package dev.lockstep.store.jdbc;

import dev.lockstep.redaction.Redaction;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.util.List;
import java.util.Optional;

/**
 * Where the database of a store is: the rest of the {@code lockstep.store} part of the
 * configuration.
 *
 * @param name the JNDI name of the container's DataSource
 * @param url a JDBC URL instead, for use outside of a container
 * @param user for the URL
 * @param password for the URL
 */
public record DataSourceSettings(String name, Optional<String> url, Optional<String> user, Optional<String> password) {

    static final Setting<String> DATA_SOURCE = Setting.of(
            "store.datasource",
            Values.text("a JNDI name"),
            "java:comp/DefaultDataSource",
            "the container's DataSource: H2, PostgreSQL or MariaDB");

    static final Setting<Optional<String>> URL = Setting.optional(
            "store.url", Values.text("a JDBC URL"), "instead, outside of a container; needs HikariCP and a driver");

    static final Setting<Optional<String>> USER =
            Setting.optional("store.user", Values.text("a name"), "the user of the URL");

    /** Empty is the password that H2's first user has. */
    static final Setting<Optional<String>> PASSWORD = Setting.optional(
                    "store.password", Values.text("a text, which may be empty"), "the password of the URL")
            .orEmpty();

    /** All settings of this part. */
    public static final List<Setting<?>> SETTINGS = List.of(DATA_SOURCE, URL, USER, PASSWORD);

    public static DataSourceSettings read(Settings settings) {
        Optional<String> url = settings.get(URL);
        if (url.isPresent() && settings.written(DATA_SOURCE).isPresent()) {
            settings.problem(
                    URL, Redaction.url(url.get()), "not together with lockstep.store.datasource; remove one of them");
        }
        return new DataSourceSettings(settings.get(DATA_SOURCE), url, settings.get(USER), settings.get(PASSWORD));
    }

    /** Never with a password. */
    @Override
    public String toString() {
        return url.map(Redaction::url).orElse(name);
    }
}

package dev.lockstep.cache.database;

import dev.lockstep.redaction.Redaction;
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

    /** Never with a password. */
    @Override
    public String toString() {
        return url.map(Redaction::url).or(() -> dataSource).orElse("nothing");
    }
}

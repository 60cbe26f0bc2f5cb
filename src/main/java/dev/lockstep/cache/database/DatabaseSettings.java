package dev.lockstep.cache.database;

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

    /** Never with the password, nor with what follows the question mark of a URL, where one may stand too. */
    @Override
    public String toString() {
        return url.map(DatabaseSettings::withoutParameters).or(() -> dataSource).orElse("nothing");
    }

    static String withoutParameters(String url) {
        int mark = url.indexOf('?');
        return mark < 0 ? url : url.substring(0, mark) + "?…";
    }
}

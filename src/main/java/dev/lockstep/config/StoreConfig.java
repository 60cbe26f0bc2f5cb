package dev.lockstep.config;

import dev.lockstep.redaction.Redaction;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code lockstep.store} part.
 *
 * @param dataSource the JNDI name of the container's DataSource
 * @param url a JDBC URL instead, for use outside of a container
 * @param user for the URL
 * @param password for the URL
 * @param schema {@code migrate}, {@code validate} or {@code none}
 * @param timeout the deadline of any store call
 * @param threads how many store calls at a time
 * @param queue how many more may wait
 */
public record StoreConfig(
        String dataSource,
        Optional<String> url,
        Optional<String> user,
        Optional<String> password,
        String schema,
        Duration timeout,
        int threads,
        int queue) {

    static final String DEFAULT_DATA_SOURCE = "java:comp/DefaultDataSource";

    static StoreConfig read(PrefixedSettings settings) {
        Optional<String> dataSource = settings.text("store.datasource");
        Optional<String> url = settings.text("store.url");
        if (dataSource.isPresent() && url.isPresent()) {
            settings.problem(
                    "store.url",
                    Redaction.url(url.get()),
                    "not together with lockstep.store.datasource; remove one of them");
        }
        return new StoreConfig(
                dataSource.orElse(DEFAULT_DATA_SOURCE),
                url,
                settings.text("store.user"),
                settings.text("store.password"),
                settings.choice("store.schema", "migrate", Set.of("migrate", "validate", "none")),
                settings.duration("store.timeout", Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMinutes(2)),
                (int) settings.number("store.threads", 16, 5, 1_000),
                (int) settings.number("store.queue", 4_096, 1, 1_000_000));
    }

    /** Never with a password. */
    @Override
    public String toString() {
        return url.map(Redaction::url).orElse(dataSource);
    }
}

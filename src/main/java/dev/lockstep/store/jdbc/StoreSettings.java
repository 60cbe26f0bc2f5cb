package dev.lockstep.store.jdbc;

import java.time.Duration;
import java.util.Objects;

/**
 * How a store works.
 *
 * @param application separates the rows of applications that share a database; 1 to 255 characters
 * @param timeout how long any call may take, waiting for a thread, a connection and the database included; positive
 * @param threads how many calls are at work at a time, and so how many connections are in use; at least 5
 * @param queue how many calls of a kind may wait for a thread; those beyond fail at once; positive
 * @param schema what to do about the tables
 */
public record StoreSettings(String application, Duration timeout, int threads, int queue, SchemaMode schema) {

    /** The fewest threads: one each for reads, logins, revocations, the feed and housekeeping. */
    public static final int MIN_THREADS = 5;

    public StoreSettings {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(schema, "schema");
        require(Text.fits(application, 255), "application: 1 to 255 characters");
        require(timeout.compareTo(Duration.ofMillis(1)) >= 0, "timeout: positive");
        require(threads >= MIN_THREADS, "threads: at least " + MIN_THREADS);
        require(queue > 0, "queue: positive");
    }

    /** The defaults: 5 seconds, 16 threads, 4096 waiting, migrating. */
    public static StoreSettings of(String application) {
        return new StoreSettings(application, Duration.ofSeconds(5), 16, 4096, SchemaMode.MIGRATE);
    }

    public StoreSettings withTimeout(Duration timeout) {
        return new StoreSettings(application, timeout, threads, queue, schema);
    }

    public StoreSettings withThreads(int threads) {
        return new StoreSettings(application, timeout, threads, queue, schema);
    }

    public StoreSettings withQueue(int queue) {
        return new StoreSettings(application, timeout, threads, queue, schema);
    }

    public StoreSettings withSchema(SchemaMode schema) {
        return new StoreSettings(application, timeout, threads, queue, schema);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}

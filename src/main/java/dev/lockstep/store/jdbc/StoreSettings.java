package dev.lockstep.store.jdbc;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import dev.lockstep.store.jdbc.schema.SchemaMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a store works: the {@code lockstep.store} part of the configuration but for where the
 * database is.
 *
 * @param timeout how long any call may take, waiting for a thread, a connection and the database
 *     included; positive
 * @param threads how many calls are at work at a time, and so how many connections are in use; at
 *     least 5
 * @param queue how many calls of a kind may wait for a thread; those beyond fail at once; positive
 * @param schema what to do about the tables
 */
public record StoreSettings(Duration timeout, int threads, int queue, SchemaMode schema) {

    /** The fewest threads: one each for reads, logins, revocations, the feed and housekeeping. */
    public static final int MIN_THREADS = 5;

    static final Setting<SchemaMode> SCHEMA = Setting.of(
            "store.schema",
            Values.choice(SchemaMode.class),
            "migrate",
            "whether the tables are created and migrated at start-up, only checked, or left alone");

    static final Setting<Duration> TIMEOUT = Setting.of(
            "store.timeout", Values.duration("10ms", "2m"), "5s", "the deadline of any store call, waiting included");

    static final Setting<Integer> THREADS =
            Setting.of("store.threads", Values.number(MIN_THREADS, 1_000), "16", "how many store calls at a time");

    static final Setting<Integer> QUEUE = Setting.of(
            "store.queue",
            Values.number(1, 1_000_000),
            "4096",
            "how many more calls may wait for one of the threads; those beyond get 503 at once");

    /** All settings of this part. */
    public static final List<Setting<?>> SETTINGS = List.of(SCHEMA, TIMEOUT, THREADS, QUEUE);

    public static final StoreSettings DEFAULTS =
            new StoreSettings(TIMEOUT.byDefault(), THREADS.byDefault(), QUEUE.byDefault(), SCHEMA.byDefault());

    public StoreSettings {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(schema, "schema");
        require(timeout.compareTo(Duration.ofMillis(1)) >= 0, "timeout: positive");
        require(threads >= MIN_THREADS, "threads: at least " + MIN_THREADS);
        require(queue > 0, "queue: positive");
    }

    public static StoreSettings read(Settings settings) {
        return new StoreSettings(
                settings.get(TIMEOUT), settings.get(THREADS), settings.get(QUEUE), settings.get(SCHEMA));
    }

    public StoreSettings withTimeout(Duration timeout) {
        return new StoreSettings(timeout, threads, queue, schema);
    }

    public StoreSettings withThreads(int threads) {
        return new StoreSettings(timeout, threads, queue, schema);
    }

    public StoreSettings withQueue(int queue) {
        return new StoreSettings(timeout, threads, queue, schema);
    }

    public StoreSettings withSchema(SchemaMode schema) {
        return new StoreSettings(timeout, threads, queue, schema);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}

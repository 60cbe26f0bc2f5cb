package dev.lockstep.config;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.time.Duration;
import java.util.List;

/**
 * The {@code lockstep.cache} and {@code lockstep.near} parts.
 *
 * @param name which cache
 * @param timeToLive how long copies are kept
 * @param maxEntries how many copies at most
 * @param timeout how long an operation of a cache outside the JVM may take
 * @param near whether a cache outside the JVM gets a near cache in front
 * @param nearMaxEntries how many copies that keeps at most
 */
public record CacheConfig(
        String name, Duration timeToLive, int maxEntries, Duration timeout, boolean near, int nearMaxEntries) {

    private static final Values<Integer> ENTRIES = Values.number(1, 1_000_000_000);

    static final Setting<String> NAME = Setting.of(
            "cache",
            Values.text("`memory`, `none`, `infinispan`, `hotrod`, `redis`, `database`, `shared-memory`, or the name of"
                    + " a bean of yours with `@CacheName`"),
            "memory",
            "where copies of sessions are kept");

    static final Setting<Duration> TIME_TO_LIVE =
            Setting.of("cache.ttl", Values.duration("1s", "30d"), "15m", "how long a copy is kept");

    static final Setting<Integer> MAX_ENTRIES =
            Setting.of("cache.max-entries", ENTRIES, "100000", "how many copies at most");

    static final Setting<Duration> TIMEOUT = Setting.of(
            "cache.timeout",
            Values.duration("1ms", "1m"),
            "100ms",
            "how long an operation of a cache outside the JVM may take before the store is asked instead");

    static final Setting<Boolean> NEAR = Setting.of(
            "near", Values.flag(), "true", "whether a cache outside the JVM has a near cache in front of it");

    static final Setting<Integer> NEAR_MAX_ENTRIES =
            Setting.of("near.max-entries", ENTRIES, "100000", "how many copies the near cache keeps at most");

    /** All settings of this part. */
    public static final List<Setting<?>> SETTINGS =
            List.of(NAME, TIME_TO_LIVE, MAX_ENTRIES, TIMEOUT, NEAR, NEAR_MAX_ENTRIES);

    public static CacheConfig read(Settings settings) {
        return new CacheConfig(
                settings.get(NAME),
                settings.get(TIME_TO_LIVE),
                settings.get(MAX_ENTRIES),
                settings.get(TIMEOUT),
                settings.get(NEAR),
                settings.get(NEAR_MAX_ENTRIES));
    }
}

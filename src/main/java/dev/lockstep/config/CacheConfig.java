package dev.lockstep.config;

import java.time.Duration;

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
        String name, Duration timeToLive, long maxEntries, Duration timeout, boolean near, long nearMaxEntries) {

    static final String DEFAULT_NAME = "memory";

    static CacheConfig read(PrefixedSettings settings) {
        return new CacheConfig(
                settings.text("cache").orElse(DEFAULT_NAME),
                settings.duration("cache.ttl", Duration.ofMinutes(15), Duration.ofSeconds(1), Duration.ofDays(30)),
                settings.number("cache.max-entries", 100_000, 1, 1_000_000_000),
                settings.duration("cache.timeout", Duration.ofMillis(100), Duration.ofMillis(1), Duration.ofMinutes(1)),
                settings.flag("near", true),
                settings.number("near.max-entries", 100_000, 1, 1_000_000_000));
    }
}

package dev.lockstep.cdi;

import dev.lockstep.config.CacheConfig;
import dev.lockstep.config.CookieConfig;
import dev.lockstep.config.CorsConfig;
import dev.lockstep.config.EndpointsConfig;
import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.WebConfig;
import dev.lockstep.key.KeySettings;
import dev.lockstep.monitoring.MetricsSettings;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.session.SessionSettings;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Values;
import dev.lockstep.store.jdbc.DataSourceSettings;
import dev.lockstep.store.jdbc.StoreSettings;
import java.util.List;
import java.util.Optional;

/**
 * All of the configuration but the settings of single caches and channels. Immutable; read once per
 * deployment.
 *
 * @param application separates applications that share a store; empty: the context path
 * @param key the application's key, where it is configured
 * @param channel which channel makes logouts quick
 * @param health whether there are checks for MicroProfile Health
 * @param traces whether spans are made, where there is OpenTelemetry
 */
public record DeploymentSettings(
        Optional<String> application,
        CacheConfig cache,
        DataSourceSettings dataSource,
        StoreSettings store,
        Optional<KeyRing> key,
        SessionSettings session,
        String channel,
        boolean health,
        boolean traces,
        MetricsSettings metrics,
        WebConfig web) {

    /** Characters: readable in messages, and less than half of what the store's column holds. */
    private static final int LONGEST_APPLICATION = 100;

    static final Setting<Optional<String>> APPLICATION = Setting.optional(
                    "application",
                    Values.parsed(
                            "1 to " + LONGEST_APPLICATION + " letters, digits, . _ - /",
                            DeploymentSettings::checkedApplication),
                    "separates the sessions and cache keys of applications that share a database")
            .whereUnset("the context path");

    static final Setting<String> CHANNEL = Setting.of(
            "channel",
            Values.text("`auto`, `none`, `infinispan`, `postgresql`, `redis`"),
            "auto",
            "what tells the other nodes of a logout at once; `auto`: `infinispan` with that cache, else `postgresql` where"
                    + " that is the store, else `redis` with that cache, else none");

    static final Setting<Boolean> HEALTH = Setting.of(
            "health",
            Values.flag(),
            "true",
            "whether there are checks for MicroProfile Health, where the server has that");

    static final Setting<Boolean> TRACES = Setting.of(
            "traces", Values.flag(), "true", "whether requests and logouts have spans, where there is OpenTelemetry");

    /** All settings that belong to no cache or channel, part by part. */
    public static final List<Setting<?>> SETTINGS = Setting.all(
            List.of(APPLICATION),
            CacheConfig.SETTINGS,
            DataSourceSettings.SETTINGS,
            StoreSettings.SETTINGS,
            KeySettings.SETTINGS,
            SessionSettings.SETTINGS,
            RevocationSettings.SETTINGS,
            List.of(CHANNEL, HEALTH, TRACES),
            MetricsSettings.SETTINGS,
            WebConfig.SETTINGS,
            CookieConfig.SETTINGS,
            CorsConfig.SETTINGS,
            EndpointsConfig.SETTINGS);

    /** Reads everything; what cannot be used is reported and replaced by its default. */
    public static DeploymentSettings read(PrefixedSettings settings) {
        StoreSettings store = StoreSettings.read(settings);
        RevocationSettings revocation = RevocationSettings.read(settings, NodeName.ofThisProcess(), store.timeout());
        WebConfig web = WebConfig.read(settings);
        return new DeploymentSettings(
                settings.get(APPLICATION),
                CacheConfig.read(settings),
                DataSourceSettings.read(settings),
                store,
                KeySettings.read(settings),
                SessionSettings.read(settings, revocation, web.cookie()),
                settings.get(CHANNEL),
                settings.get(HEALTH),
                settings.get(TRACES),
                MetricsSettings.read(settings),
                web);
    }

    private static String checkedApplication(String name) {
        if (!name.matches("[A-Za-z0-9._/-]{1," + LONGEST_APPLICATION + "}")) {
            throw new IllegalArgumentException("no name of an application");
        }
        return name;
    }
}

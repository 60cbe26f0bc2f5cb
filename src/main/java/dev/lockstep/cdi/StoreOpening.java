package dev.lockstep.cdi;

import dev.lockstep.config.LockstepConfig;
import dev.lockstep.config.StoreConfig;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.Reach;
import dev.lockstep.store.jdbc.SchemaMode;
import dev.lockstep.store.jdbc.StoreDataSource;
import dev.lockstep.store.jdbc.StoreSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** Opens the store that the configuration describes. */
final class StoreOpening {

    private static final Logger LOG = System.getLogger(StoreOpening.class.getName());
    private static final Duration BINDING = Duration.ofSeconds(15);

    private StoreOpening() {}

    /** @param opened gets what must be closed after the store */
    static JdbcStore open(
            LockstepConfig config,
            String application,
            ThreadFactory threads,
            NodeListener listener,
            Deque<AutoCloseable> opened) {
        StoreConfig settings = config.store();
        StoreDataSource dataSource = dataSource(settings);
        opened.push(dataSource);
        JdbcStore store = JdbcStore.open(dataSource, settings(settings, application), threads, listener);
        if (store.reach() == Reach.PRIVATE && !config.logout().singleNode()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0508 lockstep.nodes is many, but no other node can reach this database (" + settings
                            + "): sessions live and end with this node. Use a database that all nodes share, or say"
                            + " lockstep.nodes=single.");
        }
        return store;
    }

    private static StoreDataSource dataSource(StoreConfig settings) {
        Optional<String> url = settings.url();
        return url.isEmpty()
                ? StoreDataSource.bound(settings.dataSource(), Container::lookup, BINDING)
                : StoreDataSource.pooled(
                        url.get(),
                        settings.user().orElse(null),
                        settings.password().orElse(null),
                        settings.threads());
    }

    private static StoreSettings settings(StoreConfig config, String application) {
        return new StoreSettings(
                application,
                config.timeout(),
                config.threads(),
                config.queue(),
                SchemaMode.valueOf(config.schema().toUpperCase(Locale.ROOT)));
    }
}

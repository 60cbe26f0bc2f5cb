package dev.lockstep.cdi;

import dev.lockstep.config.LockstepConfig;
import dev.lockstep.config.StoreConfig;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.PooledDataSource;
import dev.lockstep.store.jdbc.Reach;
import dev.lockstep.store.jdbc.SchemaMode;
import dev.lockstep.store.jdbc.StoreSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/** Opens the store that the configuration describes. */
final class StoreOpening {

    private static final Logger LOG = System.getLogger(StoreOpening.class.getName());
    private static final Duration BINDING = Duration.ofSeconds(15);

    private StoreOpening() {}

    /** @param opened gets what must be closed after the store */
    static JdbcStore open(
            LockstepConfig config, String application, ThreadFactory threads, Deque<AutoCloseable> opened) {
        StoreConfig settings = config.store();
        JdbcStore store = JdbcStore.open(dataSource(settings, opened), settings(settings, application), threads);
        if (store.reach() == Reach.PRIVATE && !config.logout().singleNode()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0508 lockstep.nodes is many, but no other node can reach this database (" + settings
                            + "): sessions live and end with this node. Use a database that all nodes share, or say"
                            + " lockstep.nodes=single.");
        }
        return store;
    }

    private static DataSource dataSource(StoreConfig settings, Deque<AutoCloseable> opened) {
        Optional<String> url = settings.url();
        if (url.isEmpty()) {
            return Container.await(settings.dataSource(), DataSource.class, BINDING);
        }
        PooledDataSource pooled = PooledDataSource.open(
                url.get(), settings.user().orElse(null), settings.password().orElse(null), settings.threads());
        opened.push(pooled);
        return pooled.dataSource();
    }

    private static StoreSettings settings(StoreConfig config, String application) {
        return new StoreSettings(
                application,
                config.timeout(),
                config.threads(),
                SchemaMode.valueOf(config.schema().toUpperCase(Locale.ROOT)));
    }
}

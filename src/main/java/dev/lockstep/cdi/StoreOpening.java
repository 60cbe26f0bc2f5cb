package dev.lockstep.cdi;

import dev.lockstep.spi.NodeListener;
import dev.lockstep.store.jdbc.DataSourceSettings;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.StoreDataSource;
import dev.lockstep.store.jdbc.dialect.Sharing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** Opens the store that the configuration describes. */
final class StoreOpening {

    private static final Logger LOG = System.getLogger(StoreOpening.class.getName());

    /**
     * For servers that bind a DataSource after they start the application (an estimate: it takes a
     * second or two).
     */
    private static final Duration BINDING = Duration.ofSeconds(15);

    private StoreOpening() {}

    /** @param opened gets what must be closed after the store */
    static JdbcStore open(
            DeploymentSettings settings,
            String application,
            ThreadFactory threads,
            NodeListener listener,
            Deque<AutoCloseable> opened) {
        StoreDataSource dataSource =
                dataSource(settings.dataSource(), settings.store().threads());
        opened.push(dataSource);
        JdbcStore store = JdbcStore.open(dataSource, application, settings.store(), threads, listener);
        if (store.sharing() == Sharing.PRIVATE
                && !settings.session().revocation().single()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0508 lockstep.nodes is many, but no other node can reach this database ("
                            + settings.dataSource()
                            + "): sessions live and end with this node. Use a database that all nodes share, or say"
                            + " lockstep.nodes=single. application=" + application);
        }
        return store;
    }

    private static StoreDataSource dataSource(DataSourceSettings settings, int threads) {
        Optional<String> url = settings.url();
        return url.isEmpty()
                ? StoreDataSource.bound(settings.name(), Container::lookup, BINDING)
                : StoreDataSource.pooled(
                        url.get(),
                        settings.user().orElse(null),
                        settings.password().orElse(null),
                        threads);
    }
}

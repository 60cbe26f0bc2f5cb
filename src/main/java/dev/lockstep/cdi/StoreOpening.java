package dev.lockstep.cdi;

import dev.lockstep.spi.NodeListener;
import dev.lockstep.store.jdbc.DataSourceSettings;
import dev.lockstep.store.jdbc.JdbcStore;
import dev.lockstep.store.jdbc.OpeningStore;
import dev.lockstep.store.jdbc.StoreDataSource;
import dev.lockstep.store.jdbc.dialect.Sharing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * The opening of the store that the configuration describes, beside what else a deployment begins
 * with.
 */
final class StoreOpening {

    private static final Logger LOG = System.getLogger(StoreOpening.class.getName());

    /**
     * For servers that bind a DataSource after they start the application (an estimate: it takes a
     * second or two).
     */
    private static final Duration BINDING = Duration.ofSeconds(15);

    private final DeploymentSettings settings;
    private final String application;
    private final OpeningStore opening;

    private StoreOpening(DeploymentSettings settings, String application, OpeningStore opening) {
        this.settings = settings;
        this.application = application;
        this.opening = opening;
    }

    /** @param opened gets what must be closed after all that uses the store */
    static StoreOpening begin(
            DeploymentSettings settings,
            String application,
            ThreadFactory threads,
            NodeListener listener,
            Deque<AutoCloseable> opened) {
        StoreDataSource dataSource =
                dataSource(settings.dataSource(), settings.store().threads());
        opened.push(dataSource);
        OpeningStore opening = OpeningStore.begin(dataSource, application, settings.store(), threads, listener);
        opened.push(opening);
        return new StoreOpening(settings, application, opening);
    }

    /** Waits for the store, of which nothing is to be asked yet. */
    JdbcStore made() {
        JdbcStore store = opening.made();
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

    /** Waits until the store has tried each of its statements. */
    void awaitRehearsal() {
        opening.awaitRehearsal();
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

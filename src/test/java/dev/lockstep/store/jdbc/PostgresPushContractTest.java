package dev.lockstep.store.jdbc;

import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.RevocationChannelContract;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;

class PostgresPushContractTest extends RevocationChannelContract {

    private final TestDatabase database = TestDatabase.postgres();
    private final List<JdbcStore> stores = new ArrayList<>();
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

    @Override
    protected RevocationChannel open(String application) {
        JdbcStore store = database.open(application, StoreSettings.DEFAULTS.withThreads(StoreSettings.MIN_THREADS));
        stores.add(store);
        return store.channel()
                .orElseThrow()
                .factory()
                .open(
                        Executors.defaultThreadFactory(),
                        NodeListener.NONE,
                        ContractContext.of(application, scheduler, NodeClock.SYSTEM)
                                .pushMessages());
    }

    @AfterEach
    void closeAll() {
        stores.forEach(JdbcStore::close);
        database.close();
        scheduler.shutdownNow();
    }
}

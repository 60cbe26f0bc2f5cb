package dev.lockstep.store.jdbc;

import dev.lockstep.contract.PokeChannelContract;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationTarget.OfId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

class PostgresChannelContractTest extends PokeChannelContract {

    private final TestDatabase database = TestDatabase.postgres();
    private final List<JdbcStore> stores = new ArrayList<>();

    @Override
    protected PokingNode open(String application) {
        JdbcStore store = database.open(application, StoreSettings.DEFAULTS.withThreads(StoreSettings.MIN_THREADS));
        stores.add(store);
        RevocationChannel channel =
                store.channel().orElseThrow().factory().open(Executors.defaultThreadFactory(), NodeListener.NONE);
        return new PokingNode(
                channel,
                () -> store.announce(List.of(new OfId("nobody's"))),
                (applied, senders) -> store.connect().acknowledge("no-node", applied, senders));
    }

    @AfterEach
    void closeAll() {
        stores.forEach(JdbcStore::close);
        database.close();
    }
}

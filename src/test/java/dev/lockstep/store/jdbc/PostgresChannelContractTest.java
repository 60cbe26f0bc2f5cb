package dev.lockstep.store.jdbc;

import dev.lockstep.contract.PokeChannelContract;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import java.time.Duration;
import java.time.Instant;
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
                () -> channel.push(message(), Duration.ofSeconds(30), row -> {}),
                (applied, senders) -> store.connect().acknowledge("no-node", applied, senders));
    }

    static Message message() {
        return new Message(
                3, List.of(new Revocation(5, Samples.digest(), "id", "alice", Cause.REVOKED, Instant.ofEpochMilli(9))));
    }

    @AfterEach
    void closeAll() {
        stores.forEach(JdbcStore::close);
        database.close();
    }
}

package dev.lockstep.cache.infinispan;

import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.contract.RevocationChannelContract;
import dev.lockstep.process.Ports;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.SharedConnection;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/**
 * Beside a cache that is no Infinispan's, so that each application has a cluster for its channels.
 */
class InfinispanChannelContractTest extends RevocationChannelContract {

    private final OpenedCaches contexts = new OpenedCaches(new InfinispanCacheProvider(), "/channel");
    private final Map<String, Integer> ports = new HashMap<>();

    @AfterEach
    void stop() throws Exception {
        contexts.close();
    }

    @Override
    protected RevocationChannel open(String application) throws Exception {
        if (!ports.containsKey(application)) {
            ports.put(application, Ports.free());
        }
        String port = ports.get(application).toString();
        MapSettings settings = new MapSettings(Map.of("stack", "tcp", "bind-port", port, "port-range", "5"));
        return new InfinispanChannelProvider()
                .configure(settings)
                .open(contexts.context().withApplication(application), SharedConnection.NONE);
    }
}

package dev.lockstep.cache.hotrod;

import static dev.lockstep.contract.OpenedCaches.awaitAnswers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.OpenedCaches;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One of two servers dies. */
class HotRodFailoverTest {

    private final OpenedCaches caches = new OpenedCaches(new HotRodCacheProvider(), "/failover");
    private List<InfinispanServer> servers;

    @BeforeEach
    void start() throws IOException {
        servers = InfinispanServer.cluster();
    }

    @AfterEach
    void stop() throws Exception {
        caches.close();
        servers.forEach(InfinispanServer::close);
    }

    @Test
    void theOtherServerGoesOn() {
        SessionCache cache = caches.open(Map.of(
                "uri",
                servers.get(0).uri(),
                "user",
                InfinispanServer.USER,
                "password",
                InfinispanServer.PASSWORD,
                "create",
                "replicated"));
        SessionCopy copy = awaitAnswers(cache);
        servers.get(0).kill();
        awaitAnswers(cache);
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }
}

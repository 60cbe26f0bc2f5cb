package dev.lockstep.cache.hotrod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCopy;
import dev.lockstep.cache.jvm.LikeAWebApplication;
import dev.lockstep.contract.SessionCopies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Two servers; the cache is created by us, distributed. The client is told of the first and finds
 * the second.
 */
class HotRodClusterContractTest extends HotRodContract {

    private List<InfinispanServer> servers;

    @Override
    protected void startBackend() throws Exception {
        servers = InfinispanServer.cluster();
    }

    @AfterAll
    void stop() {
        servers.forEach(InfinispanServer::close);
    }

    @Override
    protected String backend() throws Exception {
        return InfinispanServer.version() + ", cluster of 2";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "uri", servers.get(0).uri(), "user", InfinispanServer.USER, "password", InfinispanServer.PASSWORD);
    }

    @Test
    void clearLeavesKeysThatOnlyLookAlike() {
        SessionCopy copy = SessionCopies.fresh();
        plant("/contractx", copy.digest(), new byte[] {1});
        cache.clear();
        assertThat(raw("/contractx", copy.digest())).isNotNull();
    }

    @Test
    void itRunsWithTheNettyThatTheClientAsksFor() throws Exception {
        try (LikeAWebApplication application = LikeAWebApplication.withJars(InfinispanServer.classPath())) {
            await().atMost(Duration.ofSeconds(90))
                    // the first connection may take longer than opening waits for
                    .ignoreExceptions()
                    .until(() -> application.roundTrip("hotrod", settings()));
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        assertRefused(Map.of("password", "guess"));
    }

    @Test
    void withoutAPasswordNothingIsGiven() throws Exception {
        assertRefused(Map.of("user", "", "password", ""));
    }
}

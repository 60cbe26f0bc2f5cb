package dev.lockstep.cache.hotrod;

import dev.lockstep.contract.FaultContract;
import dev.lockstep.spi.SessionCacheProvider;
import java.io.IOException;
import java.util.Map;

/** The server has no cache at first: ours creates one, again if that is lost. */
class HotRodFaultTest extends FaultContract<InfinispanServer> {

    @Override
    protected SessionCacheProvider provider() {
        return new HotRodCacheProvider();
    }

    @Override
    protected InfinispanServer notYetStarted() throws IOException {
        return InfinispanServer.notYetStarted();
    }

    @Override
    protected Map<String, String> settings(InfinispanServer server) {
        return Map.of(
                "uri",
                server.uri(),
                "user",
                InfinispanServer.USER,
                "password",
                InfinispanServer.PASSWORD,
                "create",
                "local");
    }

    @Override
    protected String unreachable() {
        return "LOCKSTEP-0341";
    }

    @Override
    protected void wipe(InfinispanServer server) throws IOException {
        server.wipe();
    }
}

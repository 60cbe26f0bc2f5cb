package dev.lockstep.chaos.backend;

import dev.lockstep.cache.hotrod.InfinispanServer;
import dev.lockstep.chaos.cluster.TcpProxy;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An Infinispan Server behind a proxy. A kill empties its cache. */
final class HotRodBackend implements Backend {

    private final InfinispanServer server;
    private final TcpProxy way = new TcpProxy();

    private HotRodBackend(InfinispanServer server) throws IOException {
        this.server = server;
        way.leadTo(server.port());
    }

    static HotRodBackend start() throws IOException {
        InfinispanServer server = InfinispanServer.alone();
        server.awaitListening();
        return new HotRodBackend(server);
    }

    @Override
    public Map<String, String> settings(int node) {
        return Map.of(
                "uri",
                "hotrod://127.0.0.1:" + way.port(),
                "user",
                InfinispanServer.USER,
                "password",
                InfinispanServer.PASSWORD,
                "create",
                "local",
                "intelligence",
                "basic");
    }

    @Override
    public List<Harm> harms() {
        return List.of(
                new Harm("cache-kill", 0, 3_000, server::kill, server::start),
                new Harm("cache-pause", 500, 4_000, server::pause, server::resume),
                new Harm("cache-cut", 500, 4_000, way::cut, way::reopen));
    }

    @Override
    public void close() {
        server.close();
        way.close();
    }
}

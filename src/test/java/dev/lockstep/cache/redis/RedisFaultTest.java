package dev.lockstep.cache.redis;

import dev.lockstep.contract.FaultContract;
import dev.lockstep.spi.SessionCacheProvider;
import java.io.IOException;
import java.util.Map;

class RedisFaultTest extends FaultContract<RedisProcess> {

    @Override
    protected SessionCacheProvider provider() {
        return new RedisCacheProvider();
    }

    @Override
    protected RedisProcess notYetStarted() throws IOException {
        return RedisProcess.notYetStarted();
    }

    @Override
    protected Map<String, String> settings(RedisProcess server) {
        return Map.of("uri", "redis://127.0.0.1:" + server.port());
    }

    @Override
    protected String unreachable() {
        return "LOCKSTEP-0311";
    }
}

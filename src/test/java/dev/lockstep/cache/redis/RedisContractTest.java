package dev.lockstep.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.SessionCopies;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One server, as the default user with a password. */
class RedisContractTest extends RedisContract {

    @AutoClose
    private RedisProcess server;

    @Override
    protected void startBackend() throws Exception {
        server = RedisProcess.server("--requirepass", "secret word");
    }

    @Override
    protected String backend() throws Exception {
        return RedisProcess.version();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("uri", "redis://127.0.0.1:" + server.port(), "password", "secret word");
    }

    @Override
    protected long brought() {
        return sent();
    }

    @Test
    void clearLeavesKeysThatOnlyLookAlike() throws Exception {
        SessionCopy copy = SessionCopies.fresh();
        plant("/contractx", copy.digest(), new byte[] {1});
        cache.clear();
        assertThat(raw("/contractx", copy.digest())).isNotNull();
    }
}

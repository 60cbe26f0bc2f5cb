package dev.lockstep.cache.redis;

import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.RevocationChannelContract;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.SharedConnection;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisPushContractTest extends RevocationChannelContract {

    private static RedisProcess server;

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

    @BeforeAll
    static void startTheServer() throws IOException {
        server = RedisProcess.server();
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Override
    protected RevocationChannel open(String application) {
        return new RedisChannelProvider()
                .configure(new MapSettings(Map.of("uri", "redis://127.0.0.1:" + server.port())))
                .open(ContractContext.of(application, scheduler, NodeClock.SYSTEM), SharedConnection.NONE);
    }
}

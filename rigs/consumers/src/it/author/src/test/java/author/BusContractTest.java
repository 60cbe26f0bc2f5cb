package author;

import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.RevocationChannelContract;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.SharedConnection;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;

class BusContractTest extends RevocationChannelContract {

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

    @Override
    protected RevocationChannel open(String application) {
        return new BusProvider()
                .configure(new MapSettings(Map.of()))
                .open(ContractContext.of(application, scheduler, NodeClock.SYSTEM), SharedConnection.NONE);
    }

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }
}

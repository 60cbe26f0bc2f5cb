package dev.lockstep.cache.memory;

import dev.lockstep.contract.CacheOperations;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.spi.NodeClock;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

class MemoryCacheRandomTest {

    private static final ScheduledExecutorService SCHEDULER = Executors.newSingleThreadScheduledExecutor();

    @AfterContainer
    static void stop() {
        SCHEDULER.shutdownNow();
    }

    @Property
    void randomOperationsAgreeWithANaiveMap(@ForAll Random random) {
        var context = ContractContext.of("/random", SCHEDULER, NodeClock.SYSTEM).withMaxEntries(100);
        CacheOperations.run(MemoryCacheProvider.open(context), random, 100, "random");
    }
}

package dev.lockstep.cache.memory;

import dev.lockstep.contract.RetainingCacheContract;
import dev.lockstep.spi.SessionCacheProvider;

class MemoryCacheContractTest extends RetainingCacheContract {

    @Override
    protected SessionCacheProvider provider() {
        return new MemoryCacheProvider();
    }

    @Override
    protected String backend() {
        return "this JVM";
    }
}

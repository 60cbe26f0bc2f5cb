package dev.lockstep.cache.infinispan;

import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.RetainingCacheContract;
import dev.lockstep.spi.SessionCacheProvider;
import org.infinispan.commons.util.Version;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.junit.jupiter.api.AutoClose;

/** On the application's own cache manager, which it offers as a bean. */
class LocalInfinispanContractTest extends RetainingCacheContract {

    @AutoClose
    private EmbeddedCacheManager bean;

    @Override
    protected void startBackend() {
        bean = new DefaultCacheManager();
    }

    @Override
    protected ContractContext context(String application) {
        return super.context(application).withBean(EmbeddedCacheManager.class, bean);
    }

    @Override
    protected SessionCacheProvider provider() {
        return new InfinispanCacheProvider();
    }

    @Override
    protected String backend() {
        return "Infinispan " + Version.getVersion() + ", the application's own";
    }

    @Override
    protected boolean expiresByOurClock() {
        return false;
    }
}

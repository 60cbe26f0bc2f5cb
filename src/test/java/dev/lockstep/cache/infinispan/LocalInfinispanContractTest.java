package dev.lockstep.cache.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.RetainingCacheContract;
import dev.lockstep.spi.SessionCacheProvider;
import java.nio.file.Path;
import org.infinispan.commons.util.Version;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void aLookAsksNobodyUnlessTheApplicationsOwnConfigurationHasAStore(@TempDir Path folder) {
        bean.defineConfiguration(
                "lockstep:/with-a-store",
                new ConfigurationBuilder()
                        .persistence()
                        .addSoftIndexFileStore()
                        .dataLocation(folder.resolve("data").toString())
                        .indexLocation(folder.resolve("index").toString())
                        .build());

        assertThat(InfinispanContract.ours(cache).isLocal()).isTrue();
        assertThat(InfinispanContract.ours(open("/with-a-store")).isLocal()).isFalse();
    }
}

package dev.lockstep.cache.none;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.SessionCacheContract;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.spi.SessionCacheProvider;
import org.junit.jupiter.api.Test;

class NoCacheContractTest extends SessionCacheContract {

    @Override
    protected SessionCacheProvider provider() {
        return new NoCacheProvider();
    }

    @Override
    protected String backend() {
        return "nothing";
    }

    @Test
    void nothingIsKept() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        assertThat(cache.get(copy.digest())).isNull();
    }
}

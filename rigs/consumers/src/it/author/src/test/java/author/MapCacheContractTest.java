package author;

import dev.lockstep.contract.RetainingCacheContract;
import dev.lockstep.spi.SessionCacheProvider;

class MapCacheContractTest extends RetainingCacheContract {

    @Override
    protected SessionCacheProvider provider() {
        return new MapCacheProvider();
    }

    @Override
    protected String backend() {
        return "a map";
    }
}

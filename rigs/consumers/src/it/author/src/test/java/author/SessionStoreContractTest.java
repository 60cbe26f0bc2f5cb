package author;

import dev.lockstep.contract.SessionStoreContract;

class SessionStoreContractTest extends SessionStoreContract {

    private final Stores stores = new Stores();

    @Override
    protected Database database() {
        return stores;
    }
}

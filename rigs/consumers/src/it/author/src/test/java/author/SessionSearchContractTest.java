package author;

import dev.lockstep.contract.SessionSearchContract;

class SessionSearchContractTest extends SessionSearchContract {

    private final Stores stores = new Stores();

    @Override
    protected Database database() {
        return stores;
    }
}

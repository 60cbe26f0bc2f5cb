package author;

import dev.lockstep.contract.RevocationLogContract;

class RevocationLogContractTest extends RevocationLogContract {

    private final Stores stores = new Stores();

    @Override
    protected Database database() {
        return stores;
    }
}

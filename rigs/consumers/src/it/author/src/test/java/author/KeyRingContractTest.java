package author;

import dev.lockstep.contract.KeyRingContract;

class KeyRingContractTest extends KeyRingContract {

    private final Stores stores = new Stores();

    @Override
    protected Database database() {
        return stores;
    }
}

package dev.lockstep.sim.store;

import dev.lockstep.contract.SessionStoreContract;

/** The simulated database is no fiction: it keeps the contract that real ones keep. */
class SimulatedSessionStoreTest extends SessionStoreContract {

    private final Database database = new StoreByCall();

    @Override
    protected Database database() {
        return database;
    }
}

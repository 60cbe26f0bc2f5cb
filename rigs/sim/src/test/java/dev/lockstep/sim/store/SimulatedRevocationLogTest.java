package dev.lockstep.sim.store;

import dev.lockstep.contract.RevocationLogContract;

/** The simulated database is no fiction: it keeps the contract that real ones keep. */
class SimulatedRevocationLogTest extends RevocationLogContract {

    private final Database database = new StoreByCall();

    @Override
    protected Database database() {
        return database;
    }
}

package dev.lockstep.sim.store;

import dev.lockstep.contract.KeyRingContract;

/** The simulated database is no fiction: it keeps the contract that real ones keep. */
class SimulatedKeyRingTest extends KeyRingContract {

    private final Database database = new StoreByCall();

    @Override
    protected Database database() {
        return database;
    }
}

package dev.lockstep.contract;

/** The oracle keeps the contract too. */
class NaiveKeyRingTest extends KeyRingContract {

    private final Database database = new NaiveDatabase();

    @Override
    protected Database database() {
        return database;
    }
}

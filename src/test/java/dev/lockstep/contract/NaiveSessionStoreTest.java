package dev.lockstep.contract;

/** The oracle keeps the contract too. */
class NaiveSessionStoreTest extends SessionStoreContract {

    private final Database database = new NaiveDatabase();

    @Override
    protected Database database() {
        return database;
    }
}

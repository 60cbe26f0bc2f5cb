package dev.lockstep.contract;

/** The oracle keeps the contract too. */
class NaiveRevocationLogTest extends RevocationLogContract {

    private final Database database = new NaiveDatabase();

    @Override
    protected Database database() {
        return database;
    }
}

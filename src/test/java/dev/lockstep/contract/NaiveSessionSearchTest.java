package dev.lockstep.contract;

/** The oracle keeps the contract too. */
class NaiveSessionSearchTest extends SessionSearchContract {

    private final Database database = new NaiveDatabase();

    @Override
    protected Database database() {
        return database;
    }
}

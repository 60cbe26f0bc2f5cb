package dev.lockstep.store.jdbc;

import dev.lockstep.contract.SessionStoreContract;
import org.junit.jupiter.api.AutoClose;

/**
 * The contract holds where the driver has statements prepared by the server, which it does not by
 * itself.
 */
class MariaDbServerPreparedTest extends SessionStoreContract {

    @AutoClose
    private static final TestDatabase DATABASE =
            TestDatabase.mariaDb(TestDatabase.createMariaDb(), "&useServerPrepStmts=true");

    @Override
    protected Database database() {
        return DATABASE;
    }
}

package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.MariaDb;
import java.sql.Connection;

/** MariaDB closes its tables and lets nobody write for a while, as for a backup. */
record StoreFlush(MariaDb database) implements StoreFault {

    @Override
    public String kind() {
        return "store-flush";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        Connection backup = database.keepFromWriting();
        try {
            chance.last(200, 4_000);
        } finally {
            backup.close();
        }
    }
}

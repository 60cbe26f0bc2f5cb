package dev.lockstep.store.jdbc;

import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.util.List;
import java.util.concurrent.Executors;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * A process that revokes, and prints what it revoked once {@code revoke} has returned, until it is
 * killed.
 */
final class EndlessRevoker {

    private EndlessRevoker() {}

    public static void main(String[] arguments) {
        JdbcConnectionPool dataSource = JdbcConnectionPool.create(arguments[0], "sa", "");
        JdbcStore store =
                JdbcStore.open(dataSource, arguments[1], StoreSettings.DEFAULTS, Executors.defaultThreadFactory());
        while (true) {
            SessionCopy copy = store.open(Samples.session("alice"));
            store.revoke(List.of(new OfToken(copy.digest())));
            System.out.println(copy.digest().toHex());
        }
    }
}

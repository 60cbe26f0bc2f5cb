package dev.lockstep.store.jdbc.mariadb;

import dev.lockstep.LockstepException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a MariaDB server says about itself. Immutable.
 *
 * @param settings its global variables that matter, in capitals
 * @param isolation that of a new connection
 */
record MariaDbSettings(Map<String, String> settings, int isolation) {

    private static final System.Logger LOG = System.getLogger(MariaDbSettings.class.getName());

    private static final String SETTINGS = """
            SELECT UPPER(variable_name), variable_value FROM information_schema.GLOBAL_VARIABLES
            WHERE variable_name IN
            ('innodb_flush_log_at_trx_commit', 'log_bin', 'binlog_format', 'sync_binlog', 'read_only', 'wsrep_on')
            """;

    static MariaDbSettings of(Connection connection) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SETTINGS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                settings.put(row.getString(1), row.getString(2));
            }
        }
        return new MariaDbSettings(Map.copyOf(settings), connection.getTransactionIsolation());
    }

    void check() {
        refuseReplica();
        refuseCluster();
        refuseDirtyReads();
        refuseStatementsInTheLog();
        warnOfLoss();
    }

    /** A replica is behind its primary: what it says of a session may be history. */
    private void refuseReplica() {
        if (isOn("READ_ONLY")) {
            throw new LockstepException(
                    "LOCKSTEP-0241 The store's database is a MariaDB server with read_only, as replicas have it: the"
                            + " store must always talk to the primary, for reading as well, so no proxy may send its"
                            + " queries to replicas",
                    null);
        }
    }

    /** Its nodes answer from what has reached them, and commit what others may not have seen. */
    private void refuseCluster() {
        if (isOn("WSREP_ON")) {
            throw new LockstepException(
                    "LOCKSTEP-0242 The store's database is a Galera cluster, whose servers may answer before they have"
                            + " heard of what another has committed: use a single MariaDB server, with replicas if you"
                            + " like",
                    null);
        }
    }

    private void refuseDirtyReads() {
        if (isolation == Connection.TRANSACTION_READ_UNCOMMITTED) {
            throw new LockstepException(
                    "LOCKSTEP-0243 The store's connections read what is not committed (READ UNCOMMITTED): a position"
                            + " that is rolled back would be believed. Set transaction_isolation, or the pool, to another",
                    null);
        }
    }

    /** InnoDB fails what writes at READ COMMITTED ("Binary Log Formats"). */
    private void refuseStatementsInTheLog() {
        if (isOn("LOG_BIN") && "STATEMENT".equals(settings.get("BINLOG_FORMAT"))) {
            throw new LockstepException(
                    "LOCKSTEP-0245 MariaDB's binary log is to hold statements (binlog_format = STATEMENT), which it can't"
                            + " write at READ COMMITTED: set it to ROW or MIXED",
                    null);
        }
    }

    /** With a binary log, that decides after a crash what was committed. */
    private void warnOfLoss() {
        List<String> careless = Stream.of(
                        "1".equals(settings.get("INNODB_FLUSH_LOG_AT_TRX_COMMIT"))
                                ? ""
                                : "innodb_flush_log_at_trx_commit = " + settings.get("INNODB_FLUSH_LOG_AT_TRX_COMMIT"),
                        isOn("LOG_BIN") && !"1".equals(settings.get("SYNC_BINLOG"))
                                ? "sync_binlog = " + settings.get("SYNC_BINLOG")
                                : "")
                .filter(setting -> !setting.isEmpty())
                .toList();
        if (!careless.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "LOCKSTEP-0240 MariaDB runs with " + careless.stream().collect(Collectors.joining(" and "))
                            + " and loses revocations, hence logouts, when its machine fails, or when it is killed: set"
                            + " to 1, except in tests. settings="
                            + String.join(",", careless).replace(" ", ""));
        }
    }

    private boolean isOn(String name) {
        String value = settings.getOrDefault(name, "OFF");
        return !value.equals("OFF") && !value.equals("0");
    }
}

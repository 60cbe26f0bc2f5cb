package dev.lockstep.store.jdbc.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.contract.CapturedLog;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which settings of a server are refused, and which are warned of. */
class MariaDbSettingsTest {

    private static final Map<String, String> FIT =
            Map.of("INNODB_FLUSH_LOG_AT_TRX_COMMIT", "1", "LOG_BIN", "ON", "SYNC_BINLOG", "1", "READ_ONLY", "OFF");

    @ParameterizedTest
    @CsvSource({
        "READ_ONLY, ON, LOCKSTEP-0241",
        "READ_ONLY, NO_LOCK, LOCKSTEP-0241",
        "WSREP_ON, ON, LOCKSTEP-0242",
        "BINLOG_FORMAT, STATEMENT, LOCKSTEP-0245"
    })
    void aServerThatIsNotFitIsRefused(String name, String value, String number) {
        assertThatThrownBy(() -> with(name, value).check())
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith(number + " ");
    }

    @Test
    void whatIsNotCommittedMustNotBeRead() {
        assertThatThrownBy(() -> new MariaDbSettings(FIT, Connection.TRANSACTION_READ_UNCOMMITTED).check())
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0243 ");
    }

    @ParameterizedTest
    @CsvSource({
        "INNODB_FLUSH_LOG_AT_TRX_COMMIT, 0, innodb_flush_log_at_trx_commit = 0",
        "INNODB_FLUSH_LOG_AT_TRX_COMMIT, 2, innodb_flush_log_at_trx_commit = 2",
        "SYNC_BINLOG, 0, sync_binlog = 0",
        "SYNC_BINLOG, 1000, sync_binlog = 1000"
    })
    void whatLosesCommitsIsWarnedOf(String name, String value, String told) {
        try (CapturedLog log = new CapturedLog("dev.lockstep")) {
            with(name, value).check();

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0240 ")
                    .contains(told);
        }
    }

    @Test
    void aBinaryLogThatIsNotWrittenMayBeSetAsItLikes() {
        Map<String, String> settings = new HashMap<>(FIT);
        settings.putAll(Map.of("LOG_BIN", "OFF", "SYNC_BINLOG", "0", "BINLOG_FORMAT", "STATEMENT"));
        try (CapturedLog log = new CapturedLog("dev.lockstep")) {
            assertThatCode(() -> new MariaDbSettings(settings, Connection.TRANSACTION_REPEATABLE_READ).check())
                    .doesNotThrowAnyException();
            assertThat(log.messages()).isEmpty();
        }
    }

    private static MariaDbSettings with(String name, String value) {
        Map<String, String> settings = new HashMap<>(FIT);
        settings.put(name, value);
        return new MariaDbSettings(settings, Connection.TRANSACTION_REPEATABLE_READ);
    }
}

package dev.lockstep.store.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.store.jdbc.connection.SqlErrors.Meaning;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a failure means is told by its state or by the vendor's code. */
class SqlErrorsTest {

    private static final SqlErrors ONE = SqlErrors.STANDARD.with(Meaning.LOCKED, "55P03");
    private static final SqlErrors OTHER = SqlErrors.STANDARD.withCodes(Meaning.LOCKED, 1205);

    @Test
    void aStateOrItsBeginning() {
        assertThat(ONE.means(Meaning.LOCKED, failure("55P03", 0))).isTrue();
        assertThat(ONE.means(Meaning.STRANGER, failure("28P01", 0))).isTrue();
        assertThat(ONE.means(Meaning.LOCKED, failure("55006", 0))).isFalse();
        assertThat(ONE.means(Meaning.LOCKED, failure(null, 0))).isFalse();
    }

    @Test
    void aCodeWhateverItsState() {
        assertThat(OTHER.means(Meaning.LOCKED, failure("HY000", 1205))).isTrue();
        assertThat(OTHER.means(Meaning.LOCKED, failure("HY000", 1206))).isFalse();
        assertThat(ONE.means(Meaning.LOCKED, failure("HY000", 1205))).isFalse();
    }

    @Test
    void whileTheDatabaseIsUnknownWhatAnyOfThemSays() {
        SqlErrors any = SqlErrors.anyOf(List.of(ONE, OTHER));

        assertThat(any.means(Meaning.LOCKED, failure("55P03", 0))).isTrue();
        assertThat(any.means(Meaning.LOCKED, failure("HY000", 1205))).isTrue();
        assertThat(any.means(Meaning.PASSING, failure("40001", 0))).isTrue();
    }

    @Test
    void aRowThatIsLockedOrBreaksARuleIsRefusedAndADatabaseThatIsAwayIsNot() {
        assertThat(OTHER.isRefusal(failure("HY000", 1205))).isTrue();
        assertThat(OTHER.isRefusal(failure("23000", 4025))).isTrue();
        assertThat(OTHER.isRefusal(failure("HY000", 1021))).isFalse();
        assertThat(OTHER.isRefusal(failure("08S01", 0))).isFalse();
        assertThat(OTHER.isRefusal(failure("40001", 1213))).isFalse();
        assertThat(OTHER.isRefusal(failure(null, 0))).isFalse();
    }

    private static SQLException failure(String state, int code) {
        return new SQLException("message", state, code);
    }
}

package dev.lockstep.store.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.HandClock;
import dev.lockstep.store.jdbc.connection.SqlErrors.Meaning;
import dev.lockstep.store.jdbc.connection.StoreExecutor.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers are told of each kind of failure. */
class FailureMessagesTest {

    private static final SqlErrors ERRORS = SqlErrors.STANDARD
            .with(Meaning.FORBIDDEN, "42501")
            .with(Meaning.SWITCHED, "26000")
            .with(Meaning.LOCKED, "55P03");

    private final Failures failures = new Failures("the pool", ERRORS);

    @ParameterizedTest
    @CsvSource({
        "28P01, LOCKSTEP-0118, refuses the user or the password",
        "42501, LOCKSTEP-0119, lacks a right",
        "25006, LOCKSTEP-0120, only reads",
        "42S02, LOCKSTEP-0121, lacks a table or a column",
        "42S22, LOCKSTEP-0121, lacks a table or a column",
        "26000, LOCKSTEP-0127, Prepared statements get lost",
        "55P03, LOCKSTEP-0230, holds a row of the store locked",
        "08006, LOCKSTEP-0122, can't be reached",
        "99999, LOCKSTEP-0105, answered with an error"
    })
    void whatASqlStateMeansIsTold(String state, String number, String words) {
        SQLException failure = new SQLException("as the driver says it", state);

        assertThat(failures.of(failure))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith(number + " ")
                .hasMessageContaining(words)
                .hasMessageContaining(" (the pool, SQL state " + state + ")")
                .hasCause(failure);
    }

    /** The pool's own exception says less than the driver's beneath it. */
    @Test
    void theCauseThatTellsMostIsTold() {
        SQLException driver = new SQLException("password authentication failed", "28P01");
        SQLException pool = new SQLException("no connection", null, new IllegalStateException(driver));

        assertThat(failures.of(pool)).hasMessageStartingWith("LOCKSTEP-0118 ").hasMessageContaining("28P01");
    }

    @Test
    void causesThatFormACircleComeToAnEnd() {
        SQLException one = new SQLException("one", "99999");
        SQLException other = new SQLException("other", "99998", one);
        one.initCause(other);

        assertThat(failures.of(one)).hasMessageStartingWith("LOCKSTEP-0105 ");
    }

    @Test
    void whatTheDriverSaysOfTheAddressHoldsNoPassword() {
        SQLException failure =
                new SQLException("no route for jdbc:postgresql://db/shop?user=shop&password=xyzzy", "08001");

        assertThat(failures.of(failure)).hasMessageContaining("jdbc:postgresql://db/shop");
        assertThat(failures.of(failure))
                .hasStackTraceContaining("no route")
                .satisfies(told -> assertThat(told.getCause()).hasMessageNotContaining("xyzzy"));
    }

    /** PostgreSQL quotes the row that violates a constraint, and the text that fits no type. */
    @ParameterizedTest
    @ValueSource(strings = {"23505", "22P02"})
    void theDetailsOfARowAreWithheldAndWhereItFailedIsNot(String state) {
        SQLException failure = new SQLException("Key (principal)=(alice) already exists", state, 7);

        assertThat(failures.of(failure).getCause()).isInstanceOfSatisfying(SQLException.class, told -> {
            assertThat((Throwable) told).hasMessage("details withheld");
            assertThat(told.getSQLState()).isEqualTo(state);
            assertThat(told.getErrorCode()).isEqualTo(7);
            assertThat(told.getStackTrace()).isEqualTo(failure.getStackTrace());
        });
    }

    @Test
    void aChangeThatWasRefusedIsNoFailureOfTheStore() throws SQLException {
        SQLException refused = new SQLException("check violated by alice", "23514");

        LockstepException told = failures.of(
                RefusedException.orSame(refused, ERRORS, Deadline.after(new HandClock(), Duration.ofSeconds(1))));

        assertThat(told)
                .isNotInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("LOCKSTEP-0105 ")
                .hasMessageContaining("23514")
                .hasMessageNotContaining("alice");
        assertThat(told.getCause()).hasMessage("details withheld");
    }

    @Test
    void aTextThatTheDatabaseHasNoCharactersForIsAnArgumentOfTheCaller() {
        assertThatThrownBy(() -> failures.of(new InexpressibleException()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LOCKSTEP-0126 ");
    }

    @Test
    void anErrorIsThrownAsItIs() {
        Error error = new StackOverflowError();

        assertThatThrownBy(() -> failures.of(error)).isSameAs(error);
    }

    @Test
    void whatIsToldAlreadyIsToldAsItIs() {
        LockstepException known = new LockstepException("LOCKSTEP-0000 known", null);

        assertThat(failures.of(known)).isSameAs(known);
    }

    @Test
    void whatElseFailedIsToldWithItsCauseIfThereIsOne() {
        IllegalStateException odd = new IllegalStateException("odd");

        assertThat(failures.of(odd))
                .hasMessageStartingWith("LOCKSTEP-0106 The store failed (the pool)")
                .hasCause(odd);
        assertThat(failures.of(null)).hasMessageStartingWith("LOCKSTEP-0106 ").hasNoCause();
    }

    @Test
    void aCallThatTookTooLongSaysHowLongAndWhatItWaitedFor() {
        assertThat(failures.timedOut(Duration.ofSeconds(5), "a connection of the pool"))
                .hasMessageStartingWith("LOCKSTEP-0101 ")
                .hasMessageContaining("PT5S")
                .hasMessageContaining("a connection of the pool (the pool)");
    }
}

package dev.lockstep.store.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parameters have names, and each has a value before a statement is run. */
class SqlTest {

    @Test
    void eachParameterBecomesAQuestionMarkAndTheTextOneLine() {
        Sql sql = Sql.of("""
                SELECT :a,
                    :b || :a
                """);

        assertThat(sql.text()).isEqualTo("SELECT ?, ? || ?");
    }

    @Test
    void twoColonsAreACast() {
        assertThat(Sql.of("SELECT '1'::bigint").text()).isEqualTo("SELECT '1'::bigint");
    }

    @Test
    void aValueIsThatOfEveryParameterOfItsName() throws SQLException {
        Sql sql = Sql.of("SELECT :b || :a || :b").with("a", "-").with("b", "x");

        assertThat(run(sql)).isEqualTo("x-x");
    }

    @Test
    void aStatementThatWasGivenAValueLeavesTheOneItCameFromAsItWas() throws SQLException {
        Sql half = Sql.of("SELECT :a || :b").with("a", "1");

        assertThat(run(half.with("b", "2"))).isEqualTo("12");
        assertThat(run(half.with("b", "3"))).isEqualTo("13");
    }

    @Test
    void aCollectionStandsForAllThatIsInIt() throws SQLException {
        Sql sql = Sql.of("SELECT :a || COUNT(*) FROM SYSTEM_RANGE(1, 9) WHERE x IN (:some) AND x < :b")
                .with("a", "n");

        assertThat(run(sql.with("b", 9L).with("some", List.of(1L, 2L, 9L)))).isEqualTo("n2");
        assertThat(run(sql.with("b", 9L).with("some", List.of()))).isEqualTo("n0");
    }

    @Test
    void nullIsAValue() throws SQLException {
        assertThat(run(Sql.of("SELECT CAST(:a AS VARCHAR)").with("a", null))).isNull();
    }

    @Test
    void aNameThatTheStatementLacksIsRefused() {
        assertThatThrownBy(() -> Sql.of("SELECT :name").with("mane", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(":mane");
    }

    @Test
    void aParameterWithoutAValueIsNotRun() {
        assertThatThrownBy(() -> run(Sql.of("SELECT :a || :b").with("a", "1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(":b");
    }

    @Test
    void noTextHoldsAValue() {
        assertThat(Sql.of("SELECT :a").with("a", "secret")).asString().doesNotContain("secret");
    }

    private static String run(Sql sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                PreparedStatement statement = connection.prepareStatement(sql.text())) {
            sql.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}

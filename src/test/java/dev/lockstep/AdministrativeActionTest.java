package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.AdministrativeAction.Operation;
import dev.lockstep.AdministrativeAction.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdministrativeActionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bob | bob",
                "cn=ops,ou=people | \"cn=ops,ou=people\"",
                "x, outcome=FAILED | \"x, outcome=FAILED\"",
                "x\", outcome=FAILED, y=\" | \"x\\u0022, outcome=FAILED, y=\\u0022\""
            })
    void aNameForgesNoOtherPartOfTheLine(String name, String shown) {
        assertThat(action(name, "bob"))
                .hasToString("operation=END_PRINCIPAL, actor=" + shown + ", target=bob, outcome=DONE");
        assertThat(action("bob", name))
                .hasToString("operation=END_PRINCIPAL, actor=bob, target=" + shown + ", outcome=DONE");
    }

    @Test
    void aNameForgesNoLine() {
        assertThat(action("a\r\nb", "c\u2028d").toString()).contains("actor=a\\u000d\\u000ab, target=c\\u2028d,");
    }

    private static AdministrativeAction action(String actor, String target) {
        return new AdministrativeAction(Operation.END_PRINCIPAL, actor, Optional.of(target), Outcome.DONE);
    }
}

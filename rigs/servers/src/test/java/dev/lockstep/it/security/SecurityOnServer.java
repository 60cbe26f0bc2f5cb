package dev.lockstep.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is true of each server is what the how-to says of it. */
abstract class SecurityOnServer {

    abstract GuardedApplication guarded();

    /** As lockstep.security has it. */
    abstract String mode();

    static String server() {
        return System.getProperty("arquillian.launch").equals("payara") ? "Payara" : "WildFly";
    }

    @Test
    void eachCellOfTheTablesIsTrue() {
        assertThat(new SecurityMeasured(guarded()).all())
                .isEqualTo(SecurityTable.column("`" + mode() + "`, " + server()));
    }
}

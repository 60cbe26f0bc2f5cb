package dev.lockstep.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DriverFailureTest {

    @Test
    void theStateIsFoundUnderWhateverAPoolPutsAroundIt() {
        SQLException driver = new SQLException("no such table", "42S02");
        Exception reflective = new UndeclaredThrowableException(new InvocationTargetException(driver));
        assertThat(within(driver)).isSameAs(driver);
        assertThat(within(new SQLException(reflective))).isSameAs(driver);
        assertThat(within(reflective)).isSameAs(driver);
    }

    @Test
    void whereThereIsNoStateTheExceptionIsAsItWas() {
        SQLException stateless = new SQLException("no reason");
        assertThat(within(stateless)).isSameAs(stateless);
        assertThat(within(new IllegalStateException("no reason"))).hasCauseInstanceOf(IllegalStateException.class);
        SQLException circle = new SQLException("no reason");
        circle.initCause(new SQLException(circle));
        assertThat(within(circle)).isSameAs(circle);
    }

    /** As a Throwable, since an SQLException is an Iterable too. */
    private static Throwable within(Exception thrown) {
        return DriverFailure.within(thrown);
    }
}

package dev.lockstep.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RootCauseTest {

    @Test
    void whatHasNothingToSayIsLookedUnder() {
        Throwable failure = new ExceptionInInitializerError(new IOException("No such file or directory"));
        assertThat(failure.getMessage()).isNull();
        assertThat(RootCause.of(failure)).isEqualTo("java.io.IOException: No such file or directory");
    }

    @Test
    void theInnermostIsTold() {
        assertThat(RootCause.of(new RuntimeException("outer", new IOException("inner"))))
                .isEqualTo("java.io.IOException: inner");
    }

    @Test
    void whatSaysSomethingIsToldRatherThanWhatDoesNot() {
        assertThat(RootCause.of(new IOException("no answer within 100 ms", new TimeoutException())))
                .isEqualTo("java.io.IOException: no answer within 100 ms");
    }

    @Test
    void noPasswordIsTold() {
        assertThat(RootCause.of(new IOException("no answer of redis://:xyzzy@cache:6379")))
                .isEqualTo("java.io.IOException: no answer of redis://…@cache:6379");
    }

    @Test
    void whereNobodySaysAnythingItIsToldWhatItIs() {
        assertThat(RootCause.of(new RuntimeException(null, new TimeoutException())))
                .isEqualTo("java.util.concurrent.TimeoutException");
    }
}

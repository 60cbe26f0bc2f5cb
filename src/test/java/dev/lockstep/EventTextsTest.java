package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application's log shows of an event that it logs as it is. */
class EventTextsTest {

    private static final String HOSTILE = "alice\r\n2026-01-01 WARN \u2028 forged, id=1\u202e";
    private static final Instant NOW = Instant.EPOCH;

    static Stream<Object> events() {
        Session session = new Session(
                HOSTILE,
                HOSTILE,
                Set.of(HOSTILE, "user"),
                Map.of(HOSTILE, "card 4711"),
                NOW,
                NOW,
                NOW,
                Duration.ofHours(1));
        return Stream.of(
                session,
                new SessionOpened(session),
                new SessionRotated(session),
                new SessionRevoked(HOSTILE, HOSTILE, NOW, Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("events")
    void noTextForgesALineOrAnotherKey(Object event) {
        assertThat(event.toString())
                .doesNotContain("\r", "\n", "\u2028", "\u202e", " id=1\u202e")
                .contains("\"alice\\u000d\\u000a")
                .doesNotContain("4711");
    }
}

package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.RevocationsMissed;
import dev.lockstep.SessionRevoked;
import dev.lockstep.TokenRefused;
import dev.lockstep.TokenRefused.Reason;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What nobody observes costs no thread, and nothing is taken for unobserved that is observed. */
class UnobservedEventsTest {

    private static final SessionRevoked REVOKED = new SessionRevoked("session", "alice", Instant.EPOCH, Duration.ZERO);

    private static final RevocationsMissed MISSED =
            new RevocationsMissed(Instant.EPOCH, RevocationsMissed.Reason.COPIES_VOID);

    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger threads = new AtomicInteger();
    private final List<Object> asked = new ArrayList<>();

    @Test
    void anEventThatNobodyObservesWakesNoThread() {
        try (CdiEvents events = events()) {
            events.fireLater(REVOKED);
            events.fireLater(REVOKED);
            events.fire(new TokenRefused(Reason.INVALID_TOKEN, "/"));

            assertThat(told).hasValue(0);
            assertThat(threads).hasValue(0);
            assertThat(asked).hasSize(2);
        }
    }

    @Test
    void anotherKindOfEventIsTold() {
        try (CdiEvents events = events()) {
            events.fireLater(REVOKED);
            events.fireLater(MISSED);

            Awaitility.await().until(() -> told.get() == 2); // by either way
            assertThat(threads).hasValue(1);
        }
    }

    private CdiEvents events() {
        return new CdiEvents(event(), payload -> asked.add(payload) && payload.equals(MISSED), work -> {
            threads.incrementAndGet();
            return new Thread(work);
        });
    }

    @SuppressWarnings("unchecked")
    private Event<Object> event() {
        return (Event<Object>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Event.class}, (self, method, arguments) -> {
                    told.incrementAndGet();
                    return method.getName().equals("fireAsync") ? CompletableFuture.completedFuture(null) : null;
                });
    }
}

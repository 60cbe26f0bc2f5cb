package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DispatchedSessionTest {

    private final CurrentSession current = new DispatchedSession();
    private final Identity alice = identity("alice");
    private final Identity bob = identity("bob");

    @Test
    void isThatOfTheDispatchThatTheThreadIsIn() {
        Identity none = Identity.enter(alice);
        assertIs(alice);
        CompletableFuture.runAsync(this::assertEmpty).join();
        Identity.leave(none);
        assertEmpty();
    }

    @Test
    void isThatOfTheOuterDispatchAgainWhenTheInnerIsOver() {
        Identity none = Identity.enter(alice);
        Identity outer = Identity.enter(bob);
        assertIs(bob);
        Identity.leave(outer);
        assertIs(alice);
        Identity.leave(none);
    }

    @Test
    void isNoneOnceItWasLoggedOut() {
        Identity none = Identity.enter(alice);
        alice.logOut();
        assertEmpty();
        Identity.leave(none);
    }

    private void assertIs(Identity identity) {
        assertThat(current.require()).isEqualTo(identity.session());
        assertThat(current.token()).contains(identity.token());
    }

    private void assertEmpty() {
        assertThat(current.session()).isEmpty();
        assertThat(current.token()).isEmpty();
    }

    private static Identity identity(String principal) {
        Instant now = Instant.now();
        Duration life = Duration.ofHours(1);
        Session session = new Session("id", principal, Set.of(), Map.of(), now, now, now.plus(life), life);
        return new Identity(session, SessionToken.of("token of " + principal));
    }
}

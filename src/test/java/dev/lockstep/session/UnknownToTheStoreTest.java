package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionRevoked;
import dev.lockstep.SessionToken;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.LogPosition;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What nodes do with names and copies of sessions that the store does not know, or no longer knows.
 */
class UnknownToTheStoreTest extends NodeScenario {

    @Test
    void whatTheStoreDoesNotKnowAnyMoreIsDroppedFromNearAndSharedCaches() {
        ForgettingCache near = new ForgettingCache();
        ForgettingCache shared = new ForgettingCache();
        SessionManager sessions = node(near, shared, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        store.uncounted().vanish(Digests.of("test", issued.token()));

        near.allExpired = true;
        shared.allExpired = true;
        assertThat(sessions.find(issued.token())).isEmpty();

        assertThat(near.copies).isEmpty();
        assertThat(shared.copies).isEmpty();
    }

    @Test
    void itIsDroppedFromWhicheverCacheThereIs() {
        ForgettingCache near = new ForgettingCache();
        ForgettingCache shared = new ForgettingCache();
        SessionManager withNear = node(near, null, LEASE);
        SessionManager withShared = node(null, shared, LEASE);
        IssuedToken ofNear = openOnceLeased(withNear);
        IssuedToken ofShared = openOnceLeased(withShared);
        store.uncounted().vanish(Digests.of("test", ofNear.token()));
        store.uncounted().vanish(Digests.of("test", ofShared.token()));

        near.allExpired = true;
        shared.allExpired = true;
        assertThat(withNear.find(ofNear.token())).isEmpty();
        assertThat(withShared.find(ofShared.token())).isEmpty();

        assertThat(near.copies).isEmpty();
        assertThat(shared.copies).isEmpty();
    }

    /** There was nothing to end; from the moment of the call on that is so. */
    @Test
    void theEndOfWhatIsNoTokenHoldsFromThatMomentOnByTheStoresClock() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);

        assertThat(sessions.revoke(SessionToken.of("no token")).since())
                .isAfterOrEqualTo(issued.session().lastSeenAt());
    }

    @Test
    void whatAConfirmedFindDoesNotFindIsDroppedFromNearAndSharedCaches() {
        ForgettingCache near = new ForgettingCache();
        ForgettingCache shared = new ForgettingCache();
        SessionManager sessions = node(near, shared, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        store.uncounted().vanish(Digests.of("test", issued.token()));

        assertThat(sessions.findConfirmed(issued.token())).isEmpty();

        assertThat(near.copies).isEmpty();
        assertThat(shared.copies).isEmpty();
    }

    @Test
    void everyNodeTellsOnceOfASessionThatHadVanishedWhenItIsRevoked() {
        SessionManager a = node(new HoardingCache(), null, LEASE);
        SessionManager b = node(new HoardingCache(), null, LEASE);
        IssuedToken byId = openOnceLeased(a);
        IssuedToken byToken = openOnceLeased(b);
        store.uncounted().vanish(Digests.of("test", byId.token()));
        store.uncounted().vanish(Digests.of("test", byToken.token()));

        a.revokeById(byId.session().id());
        b.revoke(byToken.token());
        IssuedToken last = a.open("bob", Set.of());
        a.revoke(last.token());

        String ofLast = last.session().id();
        await().until(() -> told(ofLast) == 2);
        assertThat(told(byId.session().id())).isEqualTo(2);
        assertThat(told(byToken.session().id())).isEqualTo(1);
    }

    /** What is announced is in the database, in messages and in events. */
    @Test
    void aTokenInThePlaceOfAnIdentifierIsToldNobody() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        LogPosition before = store.nodes().head();

        String token = issued.token().value();
        assertThatThrownBy(() -> sessions.revokeById(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LOCKSTEP-0228 ")
                .hasMessageNotContaining(token);
        assertThat(sessions.revokeByIdAsync("Bearer " + token).toCompletableFuture())
                .isCompletedExceptionally();

        assertThat(store.nodes().head()).isEqualTo(before);
        assertThat(sessions.find(issued.token())).isPresent();
    }

    /** The application's own store may have kept them from elsewhere. */
    @Test
    void aPrincipalThatOpenWouldRefuseIsLoggedOut() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        openOnceLeased(sessions);
        for (String principal : List.of("", "x".repeat(256))) {
            store.uncounted().open(Samples.session(principal));

            assertThat(sessions.revokeAll(principal).awaited()).isTrue();

            assertThat(store.uncounted().list(principal)).isEmpty();
        }
    }

    /** Anybody can send them, and each transaction would lock the clock row that logouts need. */
    @Test
    void tokensThatNobodyKnowsAreRotatedWithoutATransaction() {
        SessionManager sessions = node(new HoardingCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        int before = store.rotations();

        for (int i = 0; i < 100; i++) {
            assertThat(sessions.rotate(Keyed.tokens("test").newToken())).isEmpty();
        }
        IssuedToken rotated = sessions.rotate(issued.token()).orElseThrow();
        assertThat(sessions.rotate(issued.token())).isEmpty();

        assertThat(store.rotations()).isEqualTo(before + 1);
        assertThat(sessions.find(rotated.token())).isPresent();
    }

    @Test
    void whatCouldNotBeRotatedIsDroppedFromNearAndSharedCaches() {
        ForgettingCache near = new ForgettingCache();
        ForgettingCache shared = new ForgettingCache();
        SessionManager sessions = node(near, shared, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        store.uncounted().vanish(Digests.of("test", issued.token()));

        assertThat(sessions.rotate(issued.token())).isEmpty();

        assertThat(near.copies).isEmpty();
        assertThat(shared.copies).isEmpty();
        assertThat(sessions.find(issued.token())).isEmpty();
    }

    private long told(String sessionId) {
        return events.of(SessionRevoked.class).stream()
                .filter(event -> event.sessionId().equals(sessionId))
                .count();
    }
}

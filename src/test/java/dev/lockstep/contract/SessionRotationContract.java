package dev.lockstep.contract;

import static dev.lockstep.contract.Samples.digest;
import static dev.lockstep.contract.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.spi.SessionStore;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A second part of {@link SessionStoreContract}: how a session gets another digest. */
abstract class SessionRotationContract extends SessionLifeContract {

    @Test
    void rotationReplacesTheDigestAndKeepsTheSession() throws Exception {
        SessionCopy before = opened("alice");
        elapse(SECOND);
        Session older = store.find(before.digest()).session();
        TokenDigest next = digest();

        Rotated rotated = store.rotate(before.digest(), next);

        assertThat(store.find(before.digest())).isNull();
        assertThat(store.find(next)).isEqualTo(rotated.copy());
        Session session = rotated.copy().session();
        assertThat(session.id()).isEqualTo(older.id());
        assertThat(session.createdAt()).isEqualTo(older.createdAt());
        assertThat(session.expiresAt()).isEqualTo(older.expiresAt());
        assertThat(session.groups()).isEqualTo(older.groups());
        assertThat(session.lastSeenAt()).isAfter(older.lastSeenAt());
        assertThat(rotated.revoked().upTo()).isEqualTo(head());
        assertThat(rotated.revoked().revocations()).singleElement().satisfies(row -> {
            assertThat(row.digest()).isEqualTo(before.digest());
            assertThat(row.sessionId()).isEqualTo(older.id());
            assertThat(row.principal()).isEqualTo("alice");
            assertThat(row.cause()).isEqualTo(Cause.ROTATED);
            assertThat(row.position()).isEqualTo(head().position());
        });
    }

    @Test
    void rotationOfWhatIsNotLiveFails() {
        SessionCopy copy = opened("alice");
        revoke(new OfToken(copy.digest()));

        assertThat(store.rotate(digest(), digest())).isNull();
        assertThat(store.rotate(copy.digest(), digest())).isNull();
        assertThat(head().position()).isEqualTo(1);
    }

    @Test
    void revokingATokenThatWasRotatedAwayEndsItsSession() {
        SessionCopy copy = opened("alice");
        TokenDigest next = digest();
        store.rotate(copy.digest(), next);

        Revoked revoked = revoke(new OfToken(copy.digest()));

        assertThat(store.find(next)).isNull();
        assertThat(digests(revoked)).containsExactly(copy.digest(), next);
        assertThat(revoked.upTo()).isEqualTo(head());
    }

    /**
     * A rotation may be unconfirmed when the session is revoked: then its old digest must become
     * known too.
     */
    @Test
    void revokingARotatedSessionTellsOfItsOldDigestsToo() {
        SessionCopy copy = opened("alice");
        SessionCopy other = opened("alice");
        TokenDigest next = digest();
        store.rotate(copy.digest(), next);

        List<Revoked> revoked = store.revoke(List.of(
                new OfToken(next),
                new OfId(copy.session().id()),
                new OfPrincipal("alice"),
                new OthersOf("alice", other.session().id())));

        assertThat(digests(revoked.get(0))).containsExactly(copy.digest(), next);
        assertThat(digests(revoked.get(1))).containsExactly(copy.digest(), next);
        assertThat(digests(revoked.get(2))).containsExactlyInAnyOrder(next, other.digest());
        assertThat(digests(revoked.get(3))).containsExactly(next);
    }

    @Test
    void ofRacingRotationsOneWins() throws Exception {
        SessionStore another = node().store();
        for (int round = 0; round < 20; round++) {
            SessionCopy copy = opened("alice");
            TokenDigest a = digest();
            TokenDigest b = digest();

            List<Boolean> won = concurrently.run(List.of(
                    () -> store.rotate(copy.digest(), a) != null, () -> another.rotate(copy.digest(), b) != null));

            assertThat(won).containsExactlyInAnyOrder(true, false);
            assertThat(Stream.of(a, b).map(store::find).filter(Objects::nonNull))
                    .hasSize(1);
        }
    }

    @Test
    void aLogoutOfAllEndsASessionThatIsBeingRotated() throws Exception {
        SessionStore another = node().store();
        for (int round = 0; round < 40; round++) {
            String principal = "alice" + round;
            SessionCopy copy = opened(principal);
            List<TokenDigest> chain =
                    IntStream.range(0, 5).mapToObj(i -> digest()).toList();

            concurrently.run(List.<Callable<Boolean>>of(
                    () -> rotateAlong(copy.digest(), chain),
                    () -> another.revoke(List.of(new OfPrincipal(principal))) != null));

            assertThat(store.list(principal)).isEmpty();
            assertThat(chain)
                    .allSatisfy(digest -> assertThat(store.find(digest)).isNull());
        }
    }

    @Test
    void aLogoutEndsASessionThatIsBeingRotated() throws Exception {
        SessionStore another = node().store();
        for (int round = 0; round < 40; round++) {
            SessionCopy copy = opened("alice");
            List<TokenDigest> chain =
                    IntStream.range(0, 5).mapToObj(i -> digest()).toList();

            concurrently.run(List.<Callable<Boolean>>of(
                    () -> rotateAlong(copy.digest(), chain),
                    () -> another.revoke(List.of(new OfToken(copy.digest()))) != null));

            assertThat(store.list("alice")).isEmpty();
        }
    }

    private boolean rotateAlong(TokenDigest first, List<TokenDigest> chain) {
        TokenDigest current = first;
        for (TokenDigest next : chain) {
            if (store.rotate(current, next) == null) {
                return false;
            }
            current = next;
        }
        return true;
    }

    static List<TokenDigest> digests(Revoked revoked) {
        return revoked.revocations().stream()
                .filter(row -> row.cause() == Cause.REVOKED || row.cause() == Cause.ROTATED)
                .map(Revocation::digest)
                .toList();
    }
}

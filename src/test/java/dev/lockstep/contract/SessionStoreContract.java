package dev.lockstep.contract;

import static dev.lockstep.contract.Samples.ABSOLUTE;
import static dev.lockstep.contract.Samples.IDLE;
import static dev.lockstep.contract.Samples.digest;
import static dev.lockstep.contract.Samples.id;
import static dev.lockstep.contract.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every session store that keeps a log must do: its parts are how sessions live, are rotated,
 * and here, are ended.
 */
public abstract class SessionStoreContract extends SessionRotationContract {

    @Test
    void aTouchNeverBringsBackWhatWasRevoked() {
        SessionCopy copy = opened("alice");
        revoke(new OfToken(copy.digest()));

        store.touch(copy.digest(), Duration.ZERO);

        assertThat(store.find(copy.digest())).isNull();
    }

    @Test
    void revokeByTokenEndsThatSession() {
        SessionCopy one = opened("alice");
        SessionCopy other = opened("alice");

        Revoked revoked = revoke(new OfToken(one.digest()));

        assertThat(store.find(one.digest())).isNull();
        assertThat(store.find(other.digest())).isNotNull();
        assertThat(store.list("alice")).containsExactly(other.session());
        assertThat(revoked.upTo()).isEqualTo(head());
        Revocation row = revoked.revocations().get(0);
        assertThat(revoked.revocations()).hasSize(1);
        assertThat(row.position()).isEqualTo(head().position());
        assertThat(row.digest()).isEqualTo(one.digest());
        assertThat(row.sessionId()).isEqualTo(one.session().id());
        assertThat(row.principal()).isEqualTo("alice");
        assertThat(row.cause()).isEqualTo(Cause.REVOKED);
        assertThat(row.revokedAt()).isAfterOrEqualTo(one.session().createdAt());
    }

    @Test
    void revokeByIdEndsThatSession() {
        SessionCopy one = opened("alice");
        SessionCopy other = opened("alice");

        Revoked revoked = revoke(new OfId(one.session().id()));

        assertThat(store.find(one.digest())).isNull();
        assertThat(store.find(other.digest())).isNotNull();
        assertThat(digests(revoked)).containsExactly(one.digest());
    }

    @Test
    void revokeByPrincipalEndsAllOfThem() {
        SessionCopy one = opened("alice");
        SessionCopy two = opened("alice");
        SessionCopy bobs = opened("bob");

        Revoked revoked = revoke(new OfPrincipal("alice"));

        assertThat(store.list("alice")).isEmpty();
        assertThat(store.find(bobs.digest())).isNotNull();
        assertThat(digests(revoked)).containsExactlyInAnyOrder(one.digest(), two.digest());
        assertThat(revoked.upTo()).isEqualTo(head());
        assertThat(revoked.complete()).isTrue();
        assertThat(revoked.more()).isFalse();
    }

    @Test
    void whatACallHasEndedIsCountedOnceHoweverManyTargetsMeanIt() {
        SessionCopy one = opened("alice");
        SessionCopy kept = opened("alice");
        opened("alice");
        opened("bob");
        opened("carol");
        revoke(new OfToken(opened("carol").digest()));

        List<Revoked> revoked = store.revoke(List.of(
                new OfToken(one.digest()),
                new OfId(one.session().id()),
                new OthersOf("alice", kept.session().id()),
                new OfPrincipal("alice"),
                new OfPrincipal("bob"),
                new OfId("unknown"),
                new OfApplication()));

        assertThat(revoked).extracting(Revoked::ended).containsExactly(1, 0, 1, 1, 1, 0, 1);
        assertThat(revoke(new OfToken(one.digest())).ended()).isZero();
        assertThat(revoke(new OfPrincipal("alice")).ended()).isZero();
    }

    /**
     * Copies may be left of a session whose row is gone without a trace: a row of the principal's
     * own tells of those.
     */
    @Test
    void revokeByPrincipalSaysOfThePrincipalThatOlderCopiesAreWorthNothing() {
        opened("alice");
        SessionCopy kept = opened("bob");
        opened("bob");
        opened("carol");

        List<Revoked> revoked = store.revoke(List.of(
                new OfPrincipal("alice"),
                new OthersOf("bob", kept.session().id()),
                new OfPrincipal("alice"),
                new OfPrincipal("dave")));

        assertThat(revoked.subList(0, 3)).allSatisfy(each -> {
            Revocation last = each.revocations().get(1);
            assertThat(each.revocations())
                    .extracting(Revocation::cause)
                    .containsExactly(Cause.REVOKED, Cause.PRINCIPAL_GONE);
            assertThat(each.revocations()).extracting(Revocation::principal).containsOnly(last.principal());
            assertThat(each.upTo().position()).isEqualTo(last.position());
        });
        assertThat(revoked).extracting(Revoked::ended).containsExactly(1, 1, 0, 0);
        assertThat(revoked.get(0).revocations()).isEqualTo(revoked.get(2).revocations());
        assertThat(revoked.get(0).upTo()).isEqualTo(revoked.get(2).upTo());
        assertThat(revoked.get(3).upTo()).isNull();
        assertThat(head().position()).isEqualTo(4);
    }

    @Test
    void revokeOfTheApplicationEndsAllOfIt() throws Exception {
        SessionCopy one = opened("alice");
        SessionCopy two = opened("bob");
        SessionCopy theirs = node(application + "/other").store().open(session("alice"));

        Revoked revoked = revoke(new OfApplication());

        assertThat(digests(revoked)).containsExactlyInAnyOrder(one.digest(), two.digest());
        assertThat(revoked.revocations()).extracting(Revocation::cause).containsOnly(Cause.REVOKED);
        assertThat(revoked.upTo()).isEqualTo(head());
        assertThat(revoked.more()).isFalse();
        assertThat(store.find(one.digest())).isNull();
        assertThat(node(application + "/other").store().find(theirs.digest())).isNotNull();
        assertThat(revoke(new OfApplication())).isEqualTo(new Revoked(head(), List.of(), false, false));
    }

    /** What no session can be named is no session's name: then there is none to keep. */
    @Test
    void ofTheOthersOfANameThatNobodyHasNoneIsKept() {
        for (String nobody : List.of("", "unknown", "\u0000", "\ud800", "x".repeat(129))) {
            SessionCopy copy = opened("alice");

            Revoked revoked = revoke(new OthersOf("alice", nobody));

            assertThat(digests(revoked)).containsExactly(copy.digest());
            assertThat(store.list("alice")).isEmpty();
        }
    }

    @Test
    void revokeOfTheOthersKeepsOne() {
        SessionCopy one = opened("alice");
        SessionCopy kept = opened("alice");
        SessionCopy bobs = opened("bob");

        Revoked revoked = revoke(new OthersOf("alice", kept.session().id()));

        assertThat(store.list("alice")).containsExactly(kept.session());
        assertThat(store.find(bobs.digest())).isNotNull();
        assertThat(digests(revoked)).containsExactly(one.digest());
    }

    /** Whoever revokes again may do so because the first call's outcome is unknown. */
    @Test
    void revokingAgainTellsWhatMustBeKnown() {
        SessionCopy one = opened("alice");
        Revoked first = revoke(new OfToken(one.digest()));
        SessionCopy two = opened("alice");
        Revoked second = revoke(new OfToken(two.digest()));

        assertThat(revoke(new OfToken(one.digest()))).isEqualTo(again(first));
        assertThat(revoke(new OfId(one.session().id()))).isEqualTo(again(first));
        assertThat(revoke(new OfToken(two.digest()))).isEqualTo(again(second));
        assertThat(head()).isEqualTo(second.upTo());
    }

    /** What a call is told which has ended nothing more. */
    private static Revoked again(Revoked revoked) {
        return new Revoked(revoked.upTo(), revoked.revocations());
    }

    /**
     * Since the log last told of the principal, a session may have come and gone without a trace.
     */
    @Test
    void ofAPrincipalOfWhomNothingWasEndedTheLogTellsTooLittle() {
        opened("alice");
        revoke(new OfPrincipal("alice"));
        SessionCopy kept = opened("alice");

        assertThat(revoke(new OthersOf("alice", kept.session().id()))).isEqualTo(new Revoked(null, List.of()));
        revoke(new OfToken(kept.digest()));
        assertThat(revoke(new OfPrincipal("alice"))).isEqualTo(new Revoked(null, List.of()));
    }

    @Test
    void revokingWhatIsInNeitherSessionNorLogNeedsNothingToBeKnown() {
        opened("bob");

        List<Revoked> revoked = store.revoke(
                List.of(new OfToken(digest()), new OfId(id()), new OfPrincipal("alice"), new OthersOf("alice", id())));

        assertThat(revoked).hasSize(4).containsOnly(new Revoked(null, List.of()));
        assertThat(head().position()).isZero();
    }

    @Test
    void revokingNothingIsNothing() {
        assertThat(store.revoke(List.of())).isEmpty();
    }

    /** A cached copy of it may still pass for live at a node whose clock is a little behind. */
    @Test
    void revokingAnExpiredSessionIsLogged() throws Exception {
        SessionCopy copy = store.open(session("alice", digest(), SECOND, IDLE));
        elapse(SECOND);

        assertThat(digests(revoke(new OfToken(copy.digest())))).containsExactly(copy.digest());
    }

    @Test
    void targetsOfOneBatchHaveTheirOwnOutcomes() {
        SessionCopy a = opened("alice");
        SessionCopy b = opened("bob");
        SessionCopy c1 = opened("carol");
        SessionCopy c2 = opened("carol");
        SessionCopy d1 = opened("dave");
        SessionCopy d2 = opened("dave");

        List<Revoked> revoked = store.revoke(List.of(
                new OfId(b.session().id()),
                new OfToken(digest()),
                new OfToken(a.digest()),
                new OthersOf("dave", d2.session().id()),
                new OfPrincipal("carol")));

        assertThat(digests(revoked.get(0))).containsExactly(b.digest());
        assertThat(revoked.get(1).upTo()).isNull();
        assertThat(digests(revoked.get(2))).containsExactly(a.digest());
        assertThat(digests(revoked.get(3))).containsExactly(d1.digest());
        assertThat(digests(revoked.get(4))).containsExactlyInAnyOrder(c1.digest(), c2.digest());
        Set<Long> positions = new HashSet<>();
        revoked.forEach(each -> each.revocations().forEach(row -> positions.add(row.position())));
        assertThat(positions).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(revoked)
                .allSatisfy(each -> each.revocations()
                        .forEach(row -> assertThat(row.position())
                                .isLessThanOrEqualTo(each.upTo().position())));
        assertThat(head().position()).isEqualTo(7);
    }

    @Test
    void targetsThatMeanTheSameSessionAllLearnOfIt() {
        SessionCopy copy = opened("alice");

        List<Revoked> revoked = store.revoke(List.of(
                new OfPrincipal("alice"),
                new OfToken(copy.digest()),
                new OfId(copy.session().id()),
                new OfToken(copy.digest()),
                new OthersOf("alice", "another")));

        assertThat(revoked)
                .hasSize(5)
                .allSatisfy(each -> assertThat(digests(each)).containsExactly(copy.digest()));
        assertThat(revoked).extracting(each -> each.upTo().position()).containsExactly(2L, 1L, 1L, 1L, 2L);
        assertThat(head().position()).isEqualTo(2);
    }

    @Test
    void aBatchMayBeLarge() {
        List<SessionCopy> copies =
                IntStream.range(0, 300).mapToObj(i -> opened("p" + i % 7)).toList();
        List<RevocationTarget> targets = new ArrayList<>();
        copies.forEach(copy -> targets.add(new OfToken(copy.digest())));

        List<Revoked> revoked = store.revoke(targets);

        assertThat(revoked)
                .hasSize(300)
                .allSatisfy(each -> assertThat(each.revocations()).hasSize(1));
        assertThat(head().position()).isEqualTo(300);
    }

    /**
     * H2 reuses the results of queries, and has been seen to give ones older than a commit that had
     * returned.
     */
    @Test
    void findAfterRevokeMissesOnEveryNode() throws Exception {
        List<SessionStore> nodes = List.of(store, node().store(), node().store());
        for (int round = 0; round < 60; round++) {
            SessionCopy copy = opened("alice");
            AtomicBoolean over = new AtomicBoolean();
            List<Future<Integer>> readers = new ArrayList<>();
            for (SessionStore node : nodes) {
                readers.add(concurrently.start(() -> {
                    while (!over.get()) {
                        node.find(copy.digest());
                    }
                    return 0;
                }));
            }
            nodes.get(round % 3).revoke(List.of(new OfToken(copy.digest())));
            for (SessionStore node : nodes) {
                assertThat(node.find(copy.digest())).isNull();
                assertThat(node.list("alice")).isEmpty();
            }
            over.set(true);
            for (Future<Integer> reader : readers) {
                reader.get();
            }
        }
    }

    /**
     * What is committed together is seen together, and a copy never claims to be newer than it is.
     */
    @Test
    void aCopyIsNeverNewerThanTheRevocationOfItsDigest() throws Exception {
        SessionStore another = node().store();
        for (int round = 0; round < 20; round++) {
            SessionCopy copy = opened("alice");
            AtomicBoolean over = new AtomicBoolean();
            Future<Long> newest = concurrently.start(() -> {
                long position = 0;
                while (!over.get()) {
                    SessionCopy found = another.find(copy.digest());
                    position = found == null ? position : Math.max(position, found.position());
                }
                return position;
            });
            for (int i = 0; i < 5; i++) {
                opened("bob");
                revoke(new OfPrincipal("bob"));
            }
            Revoked revoked = revoke(new OfToken(copy.digest()));
            over.set(true);
            assertThat(newest.get()).isLessThan(revoked.upTo().position());
        }
    }

    @Test
    void applicationsDoNotSeeEachOther() throws Exception {
        Node other = node(application + "/other");
        NewSession asked = session("alice");
        SessionCopy ours = store.open(asked);
        SessionCopy theirs = other.store().open(asked);

        revoke(new OfPrincipal("alice"));
        revoke(new OfId(asked.id()));
        revoke(new OfToken(asked.digest()));

        assertThat(store.find(ours.digest())).isNull();
        assertThat(other.store().find(theirs.digest())).isEqualTo(theirs);
        assertThat(other.store().list("alice")).containsExactly(theirs.session());
        assertThat(other.log().poll("none", head(), 10).head().position()).isZero();
        assertThat(other.store().rotate(asked.digest(), digest())).isNotNull();
        database().elapse(application + "/other", ABSOLUTE);
        assertThat(store.deleteExpired(ago(Duration.ZERO))).isEmpty();
        assertThat(other.store().deleteExpired(Instant.ofEpochMilli(Long.MAX_VALUE)))
                .hasSize(1);
    }
}

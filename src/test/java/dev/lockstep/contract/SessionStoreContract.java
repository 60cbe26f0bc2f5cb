package dev.lockstep.contract;

import static dev.lockstep.contract.Samples.ABSOLUTE;
import static dev.lockstep.contract.Samples.IDLE;
import static dev.lockstep.contract.Samples.digest;
import static dev.lockstep.contract.Samples.id;
import static dev.lockstep.contract.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.NewSession;
import dev.lockstep.Revocation;
import dev.lockstep.Revocation.Cause;
import dev.lockstep.RevocationTarget;
import dev.lockstep.RevocationTarget.OfId;
import dev.lockstep.RevocationTarget.OfPrincipal;
import dev.lockstep.RevocationTarget.OfToken;
import dev.lockstep.RevocationTarget.OthersOf;
import dev.lockstep.Revoked;
import dev.lockstep.Rotated;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionStore;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every session store that keeps a log must do. */
public abstract class SessionStoreContract extends StoreScenario {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void findReturnsWhatOpenKept() {
        NewSession asked = new NewSession(
                id(),
                digest(),
                "alice",
                Set.of("user", "admin"),
                Map.of("ip", "::1", "device", "phone"),
                ABSOLUTE,
                IDLE);

        SessionCopy opened = store.open(asked);

        assertThat(store.find(asked.digest())).isEqualTo(opened);
        Session session = opened.session();
        assertThat(opened.digest()).isEqualTo(asked.digest());
        assertThat(session.id()).isEqualTo(asked.id());
        assertThat(session.principal()).isEqualTo("alice");
        assertThat(session.groups()).isEqualTo(asked.groups());
        assertThat(session.attributes()).isEqualTo(asked.attributes());
        assertThat(session.lastSeenAt()).isEqualTo(session.createdAt());
        assertThat(session.expiresAt()).isEqualTo(session.createdAt().plus(ABSOLUTE));
        assertThat(session.idleTimeout()).isEqualTo(IDLE);
    }

    @Test
    void findOfAnUnknownDigestMisses() {
        assertThat(store.find(digest())).isNull();
    }

    static Stream<String> texts() {
        return Stream.of(
                "a",
                "\u00e9\u00df\u0416\u4e2d\u05d0",
                "\ud83d\ude00".repeat(127),
                "x".repeat(255),
                "\uffff".repeat(255),
                "O'Brien\\\"; DROP TABLE",
                " \t\r\n\u0001\u007f\u2028");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void anyTextComesBackAsItWentIn(String text) {
        NewSession asked = new NewSession(
                id(), digest(), text, Set.of(text, "user"), Map.of(text, text, "empty", ""), ABSOLUTE, IDLE);

        store.open(asked);

        SessionCopy found = store.find(asked.digest());
        assertThat(found.session().principal()).isEqualTo(text);
        assertThat(found.session().groups()).containsExactlyInAnyOrder(text, "user");
        assertThat(found.session().attributes()).isEqualTo(Map.of(text, text, "empty", ""));
        assertThat(store.list(text)).containsExactly(found.session());
        Revoked revoked = revoke(new OfPrincipal(text));
        assertThat(revoked.revocations()).extracting(Revocation::principal).containsExactly(text);
    }

    static Stream<String> textsThatAreNobody() {
        return Stream.of("", "\u0000", "a\u0000", "\ud800", "\udc00x", "y".repeat(100_000));
    }

    /** As an address that was typed or forged may hold: it is unknown, and no failure. */
    @ParameterizedTest
    @MethodSource("textsThatAreNobody")
    void whatNobodyCanBeCalledIsUnknown(String text) {
        SessionCopy alice = opened("alice");

        assertThat(store.list(text)).isEmpty();
        List<Revoked> revoked = store.revoke(List.of(
                new OfId(text),
                new OfPrincipal(text),
                new OthersOf(text, "x"),
                new OthersOf("bob", text),
                new OfToken(alice.digest())));

        assertThat(revoked.subList(0, 4)).containsOnly(new Revoked(null, List.of()));
        assertThat(revoked.get(4).revocations()).hasSize(1);
    }

    @Test
    void aSessionEndsAfterItsAbsoluteTimeout() throws Exception {
        SessionCopy copy = store.open(session("alice", digest(), Duration.ofMinutes(5), IDLE));

        elapse(Duration.ofMinutes(4));
        assertThat(store.find(copy.digest())).isNotNull();

        elapse(Duration.ofMinutes(1));
        assertIsOver(copy);
    }

    @Test
    void aSessionEndsAfterItsIdleTimeout() throws Exception {
        SessionCopy copy = store.open(session("alice", digest(), ABSOLUTE, Duration.ofMinutes(5)));

        elapse(Duration.ofMinutes(4));
        assertThat(store.find(copy.digest())).isNotNull();

        elapse(Duration.ofMinutes(1));
        assertIsOver(copy);
    }

    private void assertIsOver(SessionCopy copy) {
        assertThat(store.find(copy.digest())).isNull();
        assertThat(store.list(copy.session().principal())).isEmpty();
        assertThat(store.rotate(copy.digest(), digest())).isNull();
        store.touch(copy.digest(), Duration.ZERO);
        assertThat(store.find(copy.digest())).isNull();
    }

    @Test
    void aTouchProlongsASessionButNotBeyondItsAbsoluteTimeout() throws Exception {
        SessionCopy copy = store.open(session("alice", digest(), Duration.ofMinutes(10), Duration.ofMinutes(5)));

        elapse(Duration.ofMinutes(4));
        store.touch(copy.digest(), Duration.ZERO);
        elapse(Duration.ofMinutes(4));
        store.touch(copy.digest(), Duration.ZERO);
        assertThat(store.find(copy.digest()).session().validUntil())
                .isEqualTo(store.find(copy.digest()).session().expiresAt());

        elapse(Duration.ofMinutes(2));
        assertIsOver(copy);
    }

    @Test
    void aTouchIsThrottled() throws Exception {
        SessionCopy copy = opened("alice");

        elapse(Duration.ofSeconds(50));
        Session before = store.find(copy.digest()).session();
        store.touch(copy.digest(), Duration.ofMinutes(1));
        assertThat(store.find(copy.digest()).session()).isEqualTo(before);

        elapse(Duration.ofSeconds(10));
        store.touch(copy.digest(), Duration.ofMinutes(1));
        Session after = store.find(copy.digest()).session();
        assertThat(Duration.between(after.createdAt(), after.lastSeenAt()))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aTouchNeverBringsBackWhatWasRevoked() {
        SessionCopy copy = opened("alice");
        revoke(new OfToken(copy.digest()));

        store.touch(copy.digest(), Duration.ZERO);

        assertThat(store.find(copy.digest())).isNull();
    }

    @Test
    void listHasTheLiveSessionsOfThePrincipalOldestFirst() throws Exception {
        SessionCopy over = store.open(session("alice", digest(), Duration.ofSeconds(2), IDLE));
        Session first = opened("alice").session();
        elapse(SECOND);
        opened("bob");
        Session second = opened("alice").session();
        elapse(SECOND);
        Session third = opened("alice").session();

        assertThat(store.list("alice")).extracting(Session::id).containsExactly(first.id(), second.id(), third.id());
        assertThat(store.list("Alice")).isEmpty();
        assertThat(store.find(over.digest())).isNull();
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

        assertThat(revoke(new OfToken(one.digest()))).isEqualTo(first);
        assertThat(revoke(new OfId(one.session().id()))).isEqualTo(first);
        assertThat(revoke(new OthersOf("alice", two.session().id()))).isEqualTo(first);
        Revoked both = revoke(new OfPrincipal("alice"));
        assertThat(both.upTo()).isEqualTo(second.upTo());
        assertThat(digests(both)).containsExactlyInAnyOrder(one.digest(), two.digest());
        assertThat(head()).isEqualTo(second.upTo());
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
        assertThat(positions).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
        assertThat(revoked)
                .allSatisfy(each -> each.revocations()
                        .forEach(row -> assertThat(row.position())
                                .isLessThanOrEqualTo(each.upTo().position())));
        assertThat(head().position()).isEqualTo(5);
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

        assertThat(revoked).hasSize(5).containsOnly(revoked.get(0));
        assertThat(digests(revoked.get(0))).containsExactly(copy.digest());
        assertThat(head().position()).isEqualTo(1);
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

    /** A rotation may be unconfirmed when the session is revoked: then its old digest must become known too. */
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
        assertThat(digests(revoked.get(2))).containsExactlyInAnyOrder(copy.digest(), next, other.digest());
        assertThat(digests(revoked.get(3))).containsExactly(copy.digest(), next);
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

    /** H2 reuses the results of queries, and has been seen to give ones older than a commit that had returned. */
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

    /** What is committed together is seen together, and a copy never claims to be newer than it is. */
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
    void deleteExpiredDeletesWhatIsOverLongEnough() throws Exception {
        SessionCopy shorter = store.open(session("alice", digest(), Duration.ofMinutes(1), IDLE));
        SessionCopy longer = store.open(session("alice", digest(), Duration.ofMinutes(2), IDLE));
        SessionCopy idle = store.open(session("bob", digest(), ABSOLUTE, Duration.ofMinutes(1)));

        elapse(Duration.ofMinutes(2));
        assertThat(store.deleteExpired(Duration.ofMinutes(2))).isEmpty();
        List<Session> deleted = store.deleteExpired(Duration.ofMinutes(1));

        assertThat(deleted)
                .extracting(Session::id)
                .containsExactlyInAnyOrder(
                        shorter.session().id(), idle.session().id());
        assertThat(store.deleteExpired(Duration.ofMinutes(1))).isEmpty();
        assertThat(store.deleteExpired(Duration.ZERO))
                .extracting(Session::id)
                .containsExactly(longer.session().id());
        assertThat(revoke(new OfToken(shorter.digest())).upTo()).isNull();
        assertThat(head().position()).isZero();
    }

    @Test
    void deleteExpiredLeavesLiveSessionsAlone() throws Exception {
        SessionCopy touched = store.open(session("alice", digest(), ABSOLUTE, Duration.ofMinutes(1)));
        elapse(Duration.ofSeconds(50));
        store.touch(touched.digest(), Duration.ZERO);
        elapse(Duration.ofSeconds(50));

        assertThat(store.deleteExpired(Duration.ZERO)).isEmpty();
        assertThat(store.find(touched.digest())).isNotNull();
    }

    @Test
    void sweepsAtTheSameTimeDeleteEachSessionOnce() throws Exception {
        List<SessionStore> nodes = List.of(store, node().store(), node().store());
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_200; i++) {
            ids.add(store.open(session("p" + i % 11, digest(), SECOND, IDLE))
                    .session()
                    .id());
        }
        elapse(SECOND);

        List<List<Session>> swept = concurrently.run(nodes.stream()
                .map(node -> (Callable<List<Session>>) () -> sweep(node))
                .toList());

        List<String> deleted =
                swept.stream().flatMap(List::stream).map(Session::id).toList();
        assertThat(deleted).doesNotHaveDuplicates();
        List<String> rest = sweep(store).stream().map(Session::id).toList();
        assertThat(Stream.concat(deleted.stream(), rest.stream())).containsExactlyInAnyOrderElementsOf(ids);
    }

    private static List<Session> sweep(SessionStore node) {
        List<Session> all = new ArrayList<>();
        List<Session> some = node.deleteExpired(Duration.ZERO);
        while (!some.isEmpty()) {
            all.addAll(some);
            some = node.deleteExpired(Duration.ZERO);
        }
        return all;
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
        assertThat(store.deleteExpired(Duration.ZERO)).isEmpty();
        assertThat(other.store().deleteExpired(Duration.ZERO)).hasSize(1);
    }

    private static List<TokenDigest> digests(Revoked revoked) {
        return revoked.revocations().stream().map(Revocation::digest).toList();
    }
}

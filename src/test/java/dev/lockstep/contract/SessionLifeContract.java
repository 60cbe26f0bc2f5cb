package dev.lockstep.contract;

import static dev.lockstep.contract.Samples.ABSOLUTE;
import static dev.lockstep.contract.Samples.IDLE;
import static dev.lockstep.contract.Samples.digest;
import static dev.lockstep.contract.Samples.id;
import static dev.lockstep.contract.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A first part of {@link SessionStoreContract}: how sessions begin, live, and end by themselves.
 */
abstract class SessionLifeContract extends StoreScenario {

    static final Duration SECOND = Duration.ofSeconds(1);

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
        assertThat(revoked.revocations())
                .hasSize(2)
                .extracting(Revocation::principal)
                .containsOnly(text);
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
    void touchesOfSeveralAreRecordedAsOfTheUseAndFoundAtOnce() throws Exception {
        SessionCopy one = store.open(session("alice", digest(), ABSOLUTE, Duration.ofMinutes(5)));
        SessionCopy two = store.open(session("bob", digest(), ABSOLUTE, Duration.ofMinutes(5)));
        SessionCopy gone = opened("carol");
        revoke(new OfToken(gone.digest()));
        elapse(Duration.ofMinutes(4));

        store.touchAll(
                List.of(one.digest(), gone.digest(), digest(), two.digest()),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1));

        List<SessionCopy> found = store.findAll(List.of(two.digest(), gone.digest(), one.digest()));
        assertThat(found).extracting(SessionCopy::digest).containsExactlyInAnyOrder(one.digest(), two.digest());
        assertThat(found).allSatisfy(copy -> {
            assertThat(copy).isEqualTo(store.find(copy.digest()));
            assertThat(copy.session().lastSeenAt()).isBeforeOrEqualTo(ago(Duration.ZERO));
            assertThat(Duration.between(
                            copy.session().createdAt(), copy.session().lastSeenAt()))
                    .isGreaterThan(Duration.ofMinutes(3));
        });
        elapse(Duration.ofMinutes(4));
        assertThat(store.find(one.digest())).isNotNull();
        assertThat(store.find(two.digest())).isNotNull();
    }

    @Test
    void aTouchOfSeveralIsThrottledForEachAndBringsNoneBack() throws Exception {
        SessionCopy over = store.open(session("alice", digest(), ABSOLUTE, Duration.ofMinutes(1)));
        SessionCopy old = opened("bob");
        elapse(Duration.ofMinutes(2));
        SessionCopy fresh = opened("carol");

        store.touchAll(List.of(over.digest(), old.digest(), fresh.digest()), Duration.ZERO, Duration.ofMinutes(1));

        assertThat(store.find(over.digest())).isNull();
        assertThat(store.find(fresh.digest()).session()).isEqualTo(fresh.session());
        Session touched = store.find(old.digest()).session();
        assertThat(Duration.between(touched.createdAt(), touched.lastSeenAt()))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(2));
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
    void deleteExpiredDeletesWhatIsOverLongEnough() throws Exception {
        SessionCopy shorter = store.open(session("alice", digest(), Duration.ofMinutes(1), IDLE));
        SessionCopy longer = store.open(session("alice", digest(), Duration.ofMinutes(2), IDLE));
        SessionCopy idle = store.open(session("bob", digest(), ABSOLUTE, Duration.ofMinutes(1)));

        elapse(Duration.ofMinutes(2));
        assertThat(store.deleteExpired(ago(Duration.ofMinutes(2)))).isEmpty();
        List<Session> deleted = store.deleteExpired(ago(Duration.ofMinutes(1)));

        assertThat(deleted)
                .extracting(Session::id)
                .containsExactlyInAnyOrder(
                        shorter.session().id(), idle.session().id());
        assertThat(store.deleteExpired(ago(Duration.ofMinutes(1)))).isEmpty();
        assertThat(store.deleteExpired(ago(Duration.ZERO)))
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

        assertThat(store.deleteExpired(ago(Duration.ZERO))).isEmpty();
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

    private List<Session> sweep(SessionStore node) {
        List<Session> all = new ArrayList<>();
        List<Session> some = node.deleteExpired(ago(Duration.ZERO));
        while (!some.isEmpty()) {
            all.addAll(some);
            some = node.deleteExpired(ago(Duration.ZERO));
        }
        return all;
    }
}

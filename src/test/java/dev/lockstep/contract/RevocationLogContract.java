package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import dev.lockstep.Revocation.Cause;
import dev.lockstep.RevocationTarget;
import dev.lockstep.RevocationTarget.OfApplication;
import dev.lockstep.RevocationTarget.OfId;
import dev.lockstep.RevocationTarget.OfPrincipal;
import dev.lockstep.RevocationTarget.OfToken;
import dev.lockstep.RevocationTarget.OthersOf;
import dev.lockstep.Revoked;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationLog.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every revocation log must do. */
public abstract class RevocationLogContract extends StoreScenario {

    private static final Duration LEASE = Duration.ofSeconds(2);

    @Test
    void positionsGrowByOne() {
        for (long expected = 1; expected <= 5; expected++) {
            revokeOne();
            assertThat(head().position()).isEqualTo(expected);
        }
    }

    @Test
    void pollReadsTheLogAfterThePlaceAskedFor() {
        LogPosition start = head();
        List<Revocation> made = IntStream.range(0, 5).mapToObj(i -> revokeOne()).toList();

        assertThat(log.poll("none", start, 100).rows()).isEqualTo(made);
        assertThat(log.poll("none", at(2), 100).rows()).isEqualTo(made.subList(2, 5));
        assertThat(log.poll("none", at(2), 2).rows()).isEqualTo(made.subList(2, 4));
        assertThat(log.poll("none", at(5), 100).rows()).isEmpty();
        assertThat(log.poll("none", at(99), 100).rows()).isEmpty();
        assertThat(log.poll("none", at(2), 2).head()).isEqualTo(at(5));
    }

    @Test
    void pollTellsTheStoresTime() {
        long before = opened("alice").session().createdAt().toEpochMilli();

        long now = log.poll("none", head(), 1).storeMillis();

        assertThat(now).isBetween(before, before + 60_000);
    }

    @Test
    void pollInAnotherEpochReadsNoRows() {
        revokeOne();

        LogPage page = log.poll("none", new LogPosition(head().epoch() + 1, 0), 10);

        assertThat(page.rows()).isEmpty();
        assertThat(page.head()).isEqualTo(at(1));
    }

    @Test
    void aNodeIsRegisteredAtTheLogsPosition() {
        revokeOne();

        Registration registration = log.register("n1", "first", LEASE);

        assertThat(registration.position()).isEqualTo(at(1));
        assertThat(registration.others()).isEmpty();
        NodeRow row = new NodeRow("n1", "first", LEASE, at(1), false);
        assertThat(log.nodes().rows()).containsExactly(row);
        assertThat(log.poll("n1", at(1), 1).self()).isEqualTo(row);
        assertThat(log.poll("n2", at(1), 1).self()).isNull();
    }

    @Test
    void registeringTellsOfTheOtherNodes() {
        log.register("n1", "first", LEASE);
        log.register("n2", "second", LEASE.multipliedBy(2));

        Registration third = log.register("n3", "third", LEASE);

        assertThat(third.others()).extracting(NodeRow::id).containsExactlyInAnyOrder("n1", "n2");
        assertThat(third.others()).extracting(NodeRow::lease).containsExactlyInAnyOrder(LEASE, LEASE.multipliedBy(2));
        assertThat(log.nodes().rows()).hasSize(3);
    }

    @Test
    void ofNodesThatRegisterAtTheSameTimeTheLaterSeesTheEarlier() throws Exception {
        List<Node> nodes = List.of(node(), node(), node());
        for (int round = 0; round < 20; round++) {
            String prefix = "r" + round + "-";
            AtomicInteger number = new AtomicInteger();

            List<Registration> registered = concurrently.run(nodes.stream()
                    .map(node -> (Callable<Registration>)
                            () -> node.log().register(prefix + number.incrementAndGet(), "node", LEASE))
                    .toList());

            List<Integer> seen = registered.stream()
                    .map(registration -> (int) registration.others().stream()
                            .filter(row -> row.id().startsWith(prefix))
                            .count())
                    .toList();
            assertThat(seen).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void acknowledgingWritesHowFarANodeIs() {
        log.register("n1", "first", LEASE);
        log.register("n2", "second", LEASE);
        revokeOne();
        revokeOne();

        log.acknowledge("n1", at(2));

        assertThat(applied("n1")).isEqualTo(at(2));
        assertThat(applied("n2")).isEqualTo(at(0));
    }

    @Test
    void anAcknowledgementThatComesLateTakesNothingBack() {
        log.register("n1", "first", LEASE);
        revokeOne();
        revokeOne();

        log.acknowledge("n1", at(2));
        log.acknowledge("n1", at(1));

        assertThat(applied("n1")).isEqualTo(at(2));
    }

    @Test
    void aFencedNodeReadsThatItIs() {
        log.register("n1", "first", LEASE);
        log.register("n2", "second", LEASE);

        log.fence(Set.of("n1", "unknown"));

        assertThat(log.poll("n1", head(), 1).self().fenced()).isTrue();
        assertThat(log.poll("n2", head(), 1).self().fenced()).isFalse();
        log.acknowledge("n1", at(0));
        assertThat(log.poll("n1", head(), 1).self().fenced()).isTrue();
    }

    @Test
    void aRemovedNodeIsGone() {
        log.register("n1", "first", LEASE);
        log.register("n2", "second", LEASE);

        log.remove(Set.of("n1", "unknown"));
        log.acknowledge("n1", at(0));

        assertThat(log.nodes().rows()).extracting(NodeRow::id).containsExactly("n2");
        assertThat(log.poll("n1", head(), 1).self()).isNull();
    }

    @Test
    void trimDeletesRowsUpToThePlaceAndRaisesTheFloor() {
        List<Revocation> made = IntStream.range(0, 5).mapToObj(i -> revokeOne()).toList();

        log.trim(at(3));

        LogPage page = log.poll("none", at(0), 10);
        assertThat(page.floor()).isEqualTo(3);
        assertThat(page.head()).isEqualTo(at(5));
        assertThat(page.rows()).isEqualTo(made.subList(3, 5));
    }

    @Test
    void trimNeverLowersTheFloor() {
        IntStream.range(0, 5).forEach(i -> revokeOne());
        log.trim(at(4));

        log.trim(at(2));

        assertThat(log.poll("none", at(0), 10).floor()).isEqualTo(4);
    }

    @Test
    void trimNeverRaisesTheFloorBeyondThePosition() {
        revokeOne();

        log.trim(at(7));

        assertThat(log.poll("none", at(0), 10).floor()).isEqualTo(1);
    }

    @Test
    void trimInAnotherEpochDoesNothing() {
        revokeOne();

        log.trim(new LogPosition(head().epoch() + 1, 1));

        assertThat(log.poll("none", at(0), 10).floor()).isZero();
        assertThat(log.poll("none", at(0), 10).rows()).hasSize(1);
    }

    @Test
    void whatWasTrimmedIsForgotten() {
        SessionCopy copy = opened("alice");
        store.revoke(List.of(new OfToken(copy.digest())));

        log.trim(head());

        assertThat(store.revoke(List.of(new OfToken(copy.digest()))).get(0).upTo())
                .isNull();
        assertThat(store.find(copy.digest())).isNull();
    }

    @Test
    void startingAnEpochChangesItOnce() {
        LogPosition before = head();

        log.startEpoch(before);
        LogPosition after = head();
        log.startEpoch(before);

        assertThat(after.epoch()).isNotEqualTo(before.epoch());
        assertThat(head()).isEqualTo(after);
    }

    @Test
    void ofNodesThatStartAnEpochAtTheSameTimeOneDoes() throws Exception {
        List<Node> nodes = List.of(node(), node(), node());
        for (int round = 0; round < 10; round++) {
            LogPosition before = head();
            List<Long> epochs = concurrently.run(nodes.stream()
                    .map(node -> (Callable<Long>) () -> {
                        node.log().startEpoch(before);
                        return node.log().poll("none", before, 1).head().epoch();
                    })
                    .toList());
            assertThat(epochs).containsOnly(head().epoch()).doesNotContain(before.epoch());
        }
    }

    @Test
    void positionsGoOnInANewEpoch() {
        revokeOne();
        log.register("n1", "first", LEASE);

        log.startEpoch(head());
        revokeOne();

        assertThat(head().position()).isEqualTo(2);
        assertThat(log.poll("none", at(0), 10).rows()).hasSize(2);
        assertThat(applied("n1").epoch()).isNotEqualTo(head().epoch());
    }

    /** Whoever sees a position sees every row up to it. */
    @Test
    void positionsGrowInTheOrderOfCommits() throws Exception {
        List<Node> nodes = List.of(node(), node(), node(), node());
        int perNode = 25;
        LogPosition start = head();
        List<Callable<Long>> work = new ArrayList<>();
        for (Node node : nodes) {
            work.add(() -> revokeMany(node, perNode));
        }
        long total = 4L * perNode * 4;
        for (int i = 0; i < 3; i++) {
            Node reader = node();
            work.add(() -> readAll(reader, start, total));
        }

        concurrently.run(work);

        assertThat(head().position()).isEqualTo(total);
    }

    /** Four rows at a time: one by its token, two by their principal, and the principal's own. */
    private static long revokeMany(Node node, int times) {
        for (int i = 0; i < times; i++) {
            String principal = Samples.id();
            SessionCopy one = node.store().open(Samples.session("alice"));
            node.store().open(Samples.session(principal));
            node.store().open(Samples.session(principal));
            List<RevocationTarget> both = List.of(new OfToken(one.digest()), new OfPrincipal(principal));
            node.store().revoke(both);
        }
        return 0;
    }

    private static long readAll(Node node, LogPosition start, long total) {
        LogPosition applied = start;
        while (applied.position() < total) {
            LogPage page = node.log().poll("none", applied, 50);
            List<Long> read = page.rows().stream().map(Revocation::position).toList();
            long last = Math.min(page.head().position(), applied.position() + 50);
            assertThat(read)
                    .containsExactlyElementsOf(LongStream.rangeClosed(applied.position() + 1, last)
                            .boxed()
                            .toList());
            applied = new LogPosition(page.head().epoch(), last);
        }
        return 0;
    }

    /** A poll reads the floor and the rows at the same moment: what is missing from the rows is below the floor. */
    @Test
    void aPollNeverMissesRowsAboveItsFloor() throws Exception {
        Node trimmer = node();
        Node reader = node();
        LogPosition start = head();
        int total = 60;

        concurrently.run(List.<Callable<Integer>>of(
                () -> {
                    IntStream.range(0, total).forEach(i -> revokeOne());
                    return 0;
                },
                () -> {
                    LogPage page = trimmer.log().poll("none", start, 1);
                    while (page.head().position() < total) {
                        trimmer.log().trim(page.head());
                        page = trimmer.log().poll("none", start, 1);
                    }
                    return 0;
                },
                () -> {
                    LogPage page = reader.log().poll("none", start, 1_000);
                    while (page.head().position() < total) {
                        assertThat(page.rows().stream()
                                        .map(Revocation::position)
                                        .toList())
                                .containsExactlyElementsOf(LongStream.rangeClosed(
                                                page.floor() + 1, page.head().position())
                                        .boxed()
                                        .toList());
                        page = reader.log().poll("none", start, 1_000);
                    }
                    return 0;
                }));
    }

    @Test
    void whatTheStoreDoesNotKnowIsAnnouncedByARowEach() {
        TokenDigest digest = Samples.digest();
        revokeOne();

        Revoked announced = log.announce(List.of(
                        new OfToken(digest),
                        new OfId("gone"),
                        new OfPrincipal("bob"),
                        new OthersOf("carol", "kept"),
                        new OfApplication()))
                .outcome();

        assertThat(announced.upTo()).isEqualTo(at(6));
        assertThat(announced.revocations())
                .isEqualTo(log.poll("none", at(1), 10).rows());
        assertThat(announced.revocations())
                .extracting(Revocation::cause)
                .containsExactly(
                        Cause.TOKEN_GONE,
                        Cause.SESSION_GONE,
                        Cause.PRINCIPAL_GONE,
                        Cause.PRINCIPAL_GONE,
                        Cause.COPIES_VOID);
        assertThat(announced.revocations())
                .extracting(Revocation::principal)
                .containsExactly("", "", "bob", "carol", "");
        assertThat(announced.revocations().get(0).digest()).isEqualTo(digest);
        assertThat(announced.revocations().get(1).sessionId()).isEqualTo("gone");
    }

    @Test
    void announcedRowsHaveNoNameInCommon() {
        List<Revocation> rows = log.announce(List.of(
                        new OfToken(Samples.digest()),
                        new OfToken(Samples.digest()),
                        new OfId("gone"),
                        new OfPrincipal("bob"),
                        new OfApplication(),
                        new OfApplication()))
                .outcome()
                .revocations();

        assertThat(rows).extracting(Revocation::digest).doesNotHaveDuplicates();
        assertThat(rows)
                .extracting(Revocation::sessionId)
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @Test
    void whatWasAnnouncedIsKnown() {
        List<RevocationTarget> gone = List.of(
                new OfToken(Samples.digest()), new OfId("gone"), new OfPrincipal("bob"), new OthersOf("carol", "kept"));
        assertThat(store.revoke(gone)).extracting(Revoked::upTo).containsOnlyNulls();

        log.announce(gone);

        assertThat(store.revoke(gone)).extracting(Revoked::upTo).containsExactly(at(1), at(2), null, null);
        assertThat(head()).isEqualTo(at(4));
    }

    /** Its row may have vanished from the store, while its token of now opens a copy. */
    @Test
    void aSessionOfWhichOnlyRotationsAreKnownIsAnnouncedByItsIdentifier() throws Exception {
        TokenDigest old = Samples.digest();
        SessionCopy copy = store.open(Samples.session("alice", old, Duration.ofSeconds(1), Samples.IDLE));
        log.commitRotation(old, Samples.digest());
        elapse(Duration.ofSeconds(1));
        assertThat(store.deleteExpired(ago(Duration.ZERO))).hasSize(1);
        List<RevocationTarget> names =
                List.of(new OfToken(old), new OfId(copy.session().id()));
        assertThat(store.revoke(names)).containsOnly(new Revoked(null, List.of()));

        Revocation row =
                log.announce(List.of(new OfToken(old))).outcome().revocations().get(0);

        assertThat(row.cause()).isEqualTo(Cause.SESSION_GONE);
        assertThat(row.sessionId()).isEqualTo(copy.session().id());
        assertThat(store.revoke(names)).extracting(Revoked::upTo).containsOnly(at(2));
    }

    @Test
    void whatNoSessionCanBeNamedNeedsNoRow() {
        Revoked announced = log.announce(List.of(
                        new OfId(""),
                        new OfId("x".repeat(129)),
                        new OfPrincipal("bob\0"),
                        new OthersOf("\ud800", "kept"),
                        new OfPrincipal("x".repeat(256))))
                .outcome();

        assertThat(announced).isEqualTo(new Revoked(null, List.of()));
        assertThat(head()).isEqualTo(at(0));
    }

    @Test
    void aCommitComesWithAllNodeRows() throws Exception {
        SessionCopy one = opened("alice");
        SessionCopy two = opened("alice");
        node().log().register("n1", "first", LEASE);
        log.register("n2", "second", LEASE);
        log.fence(Set.of("n2"));
        List<NodeRow> rows = log.nodes().rows();
        assertThat(rows).extracting(NodeRow::fenced).containsExactly(false, true);

        NodeRows rotation = log.commitRotation(one.digest(), Samples.digest()).nodes();
        NodeRows revocation =
                log.commitRevocations(List.of(new OfToken(two.digest()))).nodes();
        NodeRows announcement = log.announce(List.of(new OfId("gone"))).nodes();

        assertThat(rotation).isEqualTo(new NodeRows(at(1), rows));
        assertThat(revocation).isEqualTo(new NodeRows(at(2), rows));
        assertThat(announcement).isEqualTo(new NodeRows(at(3), rows));
    }

    @Test
    void ofARotationThatFailsThereIsNoCommit() {
        assertThat(log.commitRotation(Samples.digest(), Samples.digest())).isNull();
    }

    @Test
    void nodesBehindAPlaceAreThoseThatHaveNotAppliedTheLogThatFar() {
        log.register("n1", "first", LEASE);
        log.register("n2", "second", LEASE);
        log.register("n3", "third", LEASE);
        revokeOne();
        revokeOne();
        log.acknowledge("n1", at(1));
        log.acknowledge("n2", at(2));
        log.fence(Set.of("n1"));

        assertThat(behind(at(0))).isEmpty();
        assertThat(behind(at(1))).containsExactly("n3");
        assertThat(behind(at(2))).containsExactly("n1", "n3");
        assertThat(log.nodesBehind(at(1)).head()).isEqualTo(at(2));
        assertThat(log.nodesBehind(at(2)).rows())
                .isEqualTo(log.nodes().rows().stream()
                        .filter(row -> !row.id().equals("n2"))
                        .toList());
        assertThat(behind(new LogPosition(head().epoch() + 1, 0))).containsExactly("n1", "n2", "n3");
    }

    private List<String> behind(LogPosition place) {
        return log.nodesBehind(place).rows().stream().map(NodeRow::id).toList();
    }

    private LogPosition at(long position) {
        return new LogPosition(head().epoch(), position);
    }

    private LogPosition applied(String nodeId) {
        return log.nodes().rows().stream()
                .filter(row -> row.id().equals(nodeId))
                .findFirst()
                .orElseThrow()
                .applied();
    }

    private Revocation revokeOne() {
        SessionCopy copy = opened("alice");
        return store.revoke(List.of(new OfToken(copy.digest())))
                .get(0)
                .revocations()
                .get(0);
    }
}

package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What every revocation log must do: its parts are the rows of nodes, announcements, and here, the
 * log itself.
 */
public abstract class RevocationLogContract extends AnnouncementContract {

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

    /**
     * A poll reads the floor and the rows at the same moment: what is missing from the rows is
     * below the floor.
     */
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
}

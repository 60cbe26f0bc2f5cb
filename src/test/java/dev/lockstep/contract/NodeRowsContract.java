package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationLog.Registration;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfToken;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A first part of {@link RevocationLogContract}: what a log keeps of the nodes that read it. */
abstract class NodeRowsContract extends StoreScenario {

    static final Duration LEASE = Duration.ofSeconds(2);

    @Test
    void aNodeIsRegisteredAtTheLogsPosition() {
        revokeOne();

        Registration registration = log.register("n1", "first", LEASE);

        assertThat(registration.position()).isEqualTo(at(1));
        assertThat(registration.others()).isEmpty();
        NodeRow row = log.nodes().rows().get(0);
        assertThat(log.nodes().rows()).hasSize(1);
        assertThat(row).isEqualTo(new NodeRow("n1", "first", LEASE, at(1), false, row.version(), row.registeredAt()));
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
    void ofTheNodesThatAreAskedForThoseAreReadThatAreThere() {
        log.register("n1", "first", LEASE);
        log.register("n2", "second", LEASE);
        log.register("n3", "third", LEASE);
        revokeOne();
        revokeOne();
        log.acknowledge("n1", at(1));
        log.fence(Set.of("n1"));
        List<NodeRow> rows = log.nodes().rows();

        assertThat(log.nodesAmong(Set.of())).isEqualTo(new NodeRows(at(2), List.of()));
        assertThat(log.nodesAmong(Set.of("unknown"))).isEqualTo(new NodeRows(at(2), List.of()));
        assertThat(log.nodesAmong(Set.of("n2", "unknown", "n1")))
                .isEqualTo(new NodeRows(at(2), List.of(rows.get(0), rows.get(1))));

        log.remove(Set.of("n2"));
        assertThat(log.nodesAmong(Set.of("n2", "n3"))).isEqualTo(new NodeRows(at(2), List.of(rows.get(2))));
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

    final LogPosition at(long position) {
        return new LogPosition(head().epoch(), position);
    }

    final LogPosition applied(String nodeId) {
        return log.nodes().rows().stream()
                .filter(row -> row.id().equals(nodeId))
                .findFirst()
                .orElseThrow()
                .applied();
    }

    final Revocation revokeOne() {
        SessionCopy copy = opened("alice");
        return store.revoke(List.of(new OfToken(copy.digest())))
                .get(0)
                .revocations()
                .get(0);
    }
}

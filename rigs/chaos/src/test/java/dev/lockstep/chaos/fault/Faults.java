package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.ClusterPostgres;
import dev.lockstep.chaos.cluster.MariaDb;
import dev.lockstep.chaos.history.History;
import java.util.List;
import java.util.stream.Stream;

/** All kinds of faults; what needs more luck than others to do harm comes twice. */
final class Faults {

    private Faults() {}

    static List<Fault> all(Cluster cluster, History history, Runnable endOldOnes) {
        Stream<Fault> ofCache = cluster.backend().harms().stream().map(BackendHarm::new);
        return Stream.of(ofAny(cluster, history, endOldOnes), ofStore(cluster), ofCache, ofChannel(cluster))
                .flatMap(faults -> faults)
                .toList();
    }

    private static Stream<Fault> ofStore(Cluster cluster) {
        if (cluster.database() instanceof MariaDb mariaDb) {
            return Stream.of(new StoreFlush(mariaDb));
        }
        return cluster.database() instanceof ClusterPostgres ? Stream.of(new StoreFailover(cluster)) : Stream.of();
    }

    private static Stream<Fault> ofChannel(Cluster cluster) {
        Stream<Fault> pushing = cluster.isPushing() ? Stream.of(new ForgingChannel(cluster)) : Stream.of();
        Stream<Fault> others = cluster.isNotified()
                ? Stream.of(new ListenCut(cluster), new ForgedPokes(cluster))
                : cluster.channel().harms().stream().map(BackendHarm::new);
        return Stream.concat(pushing, others);
    }

    private static Stream<Fault> ofAny(Cluster cluster, History history, Runnable endOldOnes) {
        return Stream.of(
                new NodeKill(cluster),
                new NodePause(cluster),
                new NodePause(cluster),
                new NodePause(cluster),
                new PeerCut(cluster),
                new StoreCut(cluster),
                new StoreStall(cluster),
                new StoreStall(cluster),
                new StoreStall(cluster),
                new StoreSlow(cluster),
                new StoreKill(cluster),
                new StorePause(cluster),
                new StoreRestore(cluster, history, endOldOnes),
                new NewEpoch(cluster),
                new StoreClock(cluster),
                new ClockJump(cluster),
                new PoisonedCaches(cluster),
                new ForgingCaches(cluster),
                new KeyChange(cluster),
                new KeyLeak(cluster),
                new Redeployment(cluster),
                new FalseFence(cluster),
                new FalseFence(cluster),
                new EarlyTrim(cluster));
    }
}

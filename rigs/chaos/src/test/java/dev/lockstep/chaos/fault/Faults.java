package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.ClusterPostgres;
import dev.lockstep.chaos.cluster.MariaDb;
import dev.lockstep.chaos.cluster.PostgresPair;
import dev.lockstep.chaos.history.History;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All kinds of faults; what needs more luck than others to do harm comes twice. */
final class Faults {

    /** They harm the one way that a node has to the store, or tell a server's own clock. */
    private static final Set<String> OF_ONE_SERVER =
            Set.of("store-cut", "store-stall", "store-slow", "store-restore", "store-clock");

    private Faults() {}

    static List<Fault> all(Cluster cluster, History history, Runnable endOldOnes) {
        Stream<Fault> ofCache = cluster.backend().harms().stream().map(BackendHarm::new);
        return Stream.of(ofAny(cluster, history, endOldOnes), ofStore(cluster, history), ofCache, ofChannel(cluster))
                .flatMap(faults -> faults)
                .filter(fault -> cluster.pair().isEmpty() || !OF_ONE_SERVER.contains(fault.kind()))
                .toList();
    }

    private static Stream<Fault> ofStore(Cluster cluster, History history) {
        if (cluster.pair().isPresent()) {
            return ofPair(cluster, history, cluster.pair().get());
        }
        if (cluster.database() instanceof MariaDb mariaDb) {
            return Stream.of(new StoreFlush(mariaDb));
        }
        return cluster.database() instanceof ClusterPostgres ? Stream.of(new StoreFailover(cluster)) : Stream.of();
    }

    private static Stream<Fault> ofPair(Cluster cluster, History history, PostgresPair pair) {
        Fault loss =
                pair.isSynchronous() ? new PairFailover(cluster, pair, history) : new PairLoss(cluster, pair, history);
        Stream<Fault> always = Stream.of(loss, loss, new PairSwitchover(cluster, pair, history));
        return pair.isSynchronous() ? Stream.concat(always, Stream.of(new StandbyDown(cluster, pair))) : always;
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

package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.history.Breach;
import dev.lockstep.chaos.history.History;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Holds the product to it that a promotion begins an epoch which no server has had before, and that
 * every node is in it soon. Nothing else must happen to the nodes meanwhile. For one thread at a
 * time.
 */
final class EpochWatch {

    /** A poll, new connections, and what a machine does that has other things to do. */
    private static final int SOON_SECONDS = 20;

    private static final int PAUSE_MILLIS = 100;

    private final Cluster cluster;
    private final History history;
    private final Set<String> former = new HashSet<>();

    private EpochWatch(Cluster cluster, History history) {
        this.cluster = cluster;
        this.history = history;
    }

    /** Takes down where all nodes are. */
    static EpochWatch begun(Cluster cluster, History history) throws IOException, InterruptedException {
        EpochWatch watch = new EpochWatch(cluster, history);
        long end = end();
        Map<Integer, String> epochs = cluster.polledEpochs();
        while (!areTogether(epochs.values(), cluster.nodes().size())) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("the nodes were not together in one epoch: " + epochs);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            epochs = cluster.polledEpochs();
        }
        watch.former.addAll(epochs.values());
        return watch;
    }

    /** From now on every node has to be in another epoch, the same for all. */
    void requireNew(String event) throws InterruptedException {
        long end = end();
        Map<Integer, String> epochs = cluster.polledEpochs();
        while (!areNew(epochs)) {
            if (System.nanoTime() - end > 0) {
                history.add(new Breach(
                        event + " has not begun an epoch on all nodes: " + former + " before, " + epochs + " behind",
                        -1,
                        System.nanoTime()));
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            epochs = cluster.polledEpochs();
        }
    }

    private boolean areNew(Map<Integer, String> epochs) {
        return areTogether(epochs.values(), cluster.nodes().size())
                && epochs.values().stream().noneMatch(former::contains);
    }

    private static boolean areTogether(Collection<String> epochs, int nodes) {
        return epochs.size() == nodes && Set.copyOf(epochs).size() == 1;
    }

    private static long end() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
    }
}

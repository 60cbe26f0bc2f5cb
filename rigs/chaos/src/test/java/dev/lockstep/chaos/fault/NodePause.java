package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.TcpProxy;
import java.util.List;
import java.util.Set;

/**
 * SIGSTOP of a node, then SIGCONT: for longer than any lease, or until just about the moment when
 * the others have waited long enough for it and go on. Mostly what its peers tell it meanwhile is
 * lost.
 */
record NodePause(Cluster cluster) implements Fault {

    @Override
    public String kind() {
        return "node-pause";
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("node-" + node, "peers");
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        List<TcpProxy> links = chance.happens(85) ? cluster.linksOf(node) : List.of();
        links.forEach(TcpProxy::cut);
        cluster.nodes().get(node).pause();
        try {
            last(node, chance);
        } finally {
            cluster.nodes().get(node).resume();
        }
        chance.last(500, 1_000);
        links.forEach(TcpProxy::reopen);
    }

    private void last(int node, Chance chance) throws InterruptedException {
        if (chance.happens(75)) {
            int waitedFor = (int) cluster.lease(node).toMillis() * 5 / 4;
            chance.last(waitedFor - 400, waitedFor + 200);
        } else {
            int longest = (int) cluster.longestLease().toMillis();
            chance.last(longest + 200, longest * 7 / 4);
        }
    }
}

package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.TcpProxy;
import java.util.Set;

/** A node cut off from the other nodes: connections break, or nothing passes, or answers do not. */
record PeerCut(Cluster cluster) implements Fault {

    @Override
    public String kind() {
        return "peer-cut";
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("peers");
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        int how = chance.between(0, 2);
        for (TcpProxy link : cluster.linksOf(node)) {
            switch (how) {
                case 0 -> link.cut();
                case 1 -> link.holdAll();
                default -> link.holdAnswers();
            }
        }
        try {
            chance.last(2_000, 7_000);
        } finally {
            for (TcpProxy link : cluster.linksOf(node)) {
                link.reopen();
                link.release();
            }
        }
    }
}

package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.TcpProxy;
import java.util.List;
import java.util.Set;

/**
 * What the store answers to a node arrives late, but before anybody has given up: old news.
 * Sometimes the node hears nothing from its peers either, and sometimes it happens twice in a row.
 */
record StoreStall(Cluster cluster) implements Fault {

    @Override
    public String kind() {
        return "store-stall";
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("net-" + node, "node-" + node, "peers", "store");
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        TcpProxy way = cluster.store(node);
        List<TcpProxy> links = chance.happens(80) ? cluster.linksOf(node) : List.of();
        links.forEach(TcpProxy::cut);
        try {
            if (chance.happens(65)) {
                allAtOnce(way, chance);
            } else {
                eachByItself(way, chance);
            }
        } finally {
            way.delayAnswers(0);
            way.release();
            links.forEach(TcpProxy::reopen);
        }
    }

    private static void allAtOnce(TcpProxy way, Chance chance) throws InterruptedException {
        do {
            way.holdAnswers();
            chance.last(3_200, 4_700);
            way.release();
            chance.last(20, 600);
        } while (chance.happens(40));
    }

    private static void eachByItself(TcpProxy way, Chance chance) throws InterruptedException {
        way.delayAnswers(chance.between(1_600, 2_300));
        chance.last(6_000, 9_000);
    }
}

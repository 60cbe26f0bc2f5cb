package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.PairedPostgres;
import dev.lockstep.chaos.cluster.TcpProxy;
import java.util.Set;

/** A fault of a primary and its standby. No node is harmed meanwhile, so that all can be asked. */
interface PairFault extends StoreFault {

    Cluster cluster();

    @Override
    default Set<String> holds(int node) {
        Set<String> held = StoreFault.storeAndWays(cluster());
        cluster().nodes().forEach(each -> held.add("node-" + each.number()));
        held.add("peers");
        return held;
    }

    /** No node reaches it any more. */
    default void fence(PairedPostgres server) {
        cluster().waysTo(server).forEach(TcpProxy::cut);
    }

    default void unfence(PairedPostgres server) {
        cluster().waysTo(server).forEach(TcpProxy::reopen);
    }
}

package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.cluster.Cluster;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The application is undeployed and deployed again in the same JVM, with requests under way. */
record Redeployment(Cluster cluster) implements Fault {

    private static final long PATIENCE_SECONDS = 40;

    @Override
    public String kind() {
        return "redeployment";
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("node-" + node);
    }

    @Override
    public void strike(int node, Chance chance) throws InterruptedException, ExecutionException {
        try {
            cluster.nodes().get(node).client().send("REDEPLOY").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // the store is away; the node goes on trying
        }
    }
}

package dev.lockstep.chaos.fault;

import dev.lockstep.TokenDigest;
import dev.lockstep.chaos.backend.Entries;
import dev.lockstep.chaos.client.NodeClient;
import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.RefusalTally;
import dev.lockstep.chaos.forge.Forger;
import dev.lockstep.spi.LogPosition;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who reads and writes the cache, and knows all but the key, forges what is in it: entries
 * of living sessions, and of tokens that no node has issued. Where the test can write to what the
 * nodes share it does that; where it can't, the nodes' caches forge by themselves.
 */
record ForgingCaches(Cluster cluster) implements Fault {

    /** What no node ever writes, so that it was forged. */
    private static final String COPIES = "copy.UNSEALED";

    private static final int ENTRIES = 300;

    @Override
    public String kind() {
        return "forging-cache";
    }

    @Override
    public boolean strikesNode() {
        return false;
    }

    @Override
    public Set<String> holds(int node) {
        return Set.of("caches", "backend");
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        RefusalTally before = cluster.refusals(COPIES);
        int millis = chance.between(4_000, 10_000);
        try (Entries entries = cluster.backend().entries().orElse(null)) {
            if (entries == null) {
                haveNodesForge(millis);
            } else {
                forge(entries, millis);
            }
        }
        if (!cluster.refusals(COPIES).hasGrownSince(before)) {
            throw new IllegalStateException("nobody has looked at what was forged");
        }
    }

    private void haveNodesForge(int millis) throws InterruptedException {
        List<NodeClient> struck = cluster.clients();
        struck.forEach(client -> client.send("FORGE-COPIES on"));
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } finally {
            struck.forEach(client -> client.send("FORGE-COPIES off"));
        }
    }

    private void forge(Entries entries, int millis) throws Exception {
        Forger forger = new Forger(Cluster.APPLICATION);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            LogPosition place = cluster.place();
            List<TokenDigest> present = entries.some(ENTRIES, forger::saw);
            for (TokenDigest digest : present) {
                put(entries, digest, forger, place);
            }
            for (TokenDigest digest : cluster.invented().digests(Cluster.APPLICATION)) {
                put(entries, digest, forger, place);
            }
        }
    }

    private static void put(Entries entries, TokenDigest digest, Forger forger, LogPosition place) throws Exception {
        byte[] forged = forger.forged(digest, place);
        if (forged != null) {
            entries.put(digest, forged);
        }
    }
}

package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.client.NodeClient;
import dev.lockstep.chaos.client.NodeClient.Reply;
import dev.lockstep.chaos.cluster.Cluster;
import dev.lockstep.chaos.cluster.PairedPostgres;
import dev.lockstep.chaos.cluster.PostgresPair;
import dev.lockstep.chaos.history.Breach;
import dev.lockstep.chaos.history.History;
import dev.lockstep.chaos.history.Restore;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An asynchronous standby takes over that has received nothing for a while, as
 * docs/howto/postgresql-ha.md tells operators to do it. What was committed in that time is lost: a
 * session that was ended lives again, one that was opened is gone.
 */
record PairLoss(Cluster cluster, PostgresPair pair, History history) implements PairFault {

    private static final int PATIENCE_SECONDS = 20;

    @Override
    public String kind() {
        return "pair-loss";
    }

    @Override
    public void strike(int node, Chance chance) throws Exception {
        EpochWatch epochs = EpochWatch.begun(cluster, history);
        NodeClient client = cluster.clients().get(node);
        String ended = answered(client.send("OPEN loser")).words().get(1);
        long copied = System.nanoTime();
        pair.awaitReceipt();
        pair.standby().kill();
        answered(client.send("END PLAIN TOKEN " + ended));
        String opened = answered(client.send("OPEN loser")).words().get(1);
        chance.last(500, 3_000);
        takeOver(copied, chance);
        epochs.requireNew(kind());
        requireEverywhere(ended, "OK", "a logout outlived the loss of its commit");
        requireEverywhere(opened, "NO", "a session outlived the loss of its commit");
        answered(client.send("END PLAIN TOKEN " + ended));
        requireEverywhere(ended, "NO", "a logout is not true");
    }

    private void takeOver(long copied, Chance chance) throws Exception {
        PairedPostgres old = pair.primary();
        long began = System.nanoTime();
        old.kill();
        fence(old);
        try {
            long closed = System.nanoTime();
            try {
                pair.standby().start();
                waitUntilLeasesAreOver(closed);
                pair.promoteStandby();
            } finally {
                history.add(new Restore(copied, began, System.nanoTime()));
            }
            pair.bringBack(chance.happens(70));
        } finally {
            unfence(old);
        }
    }

    private void waitUntilLeasesAreOver(long closed) throws InterruptedException {
        long over = closed + cluster.longestLease().multipliedBy(2).toNanos();
        TimeUnit.NANOSECONDS.sleep(over - System.nanoTime());
    }

    private static Reply answered(CompletableFuture<Reply> sent) throws Exception {
        Reply reply = sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!reply.is("OK")) {
            throw new IOException("not done: " + reply);
        }
        return reply;
    }

    private void requireEverywhere(String token, String status, String otherwise) throws Exception {
        for (NodeClient client : cluster.clients()) {
            require(client, token, status, otherwise);
        }
    }

    private void require(NodeClient client, String token, String status, String otherwise) throws Exception {
        Reply reply = client.send("FIND " + token).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!reply.is(status)) {
            history.add(new Breach(otherwise + ": " + reply.status(), client.node(), System.nanoTime()));
        }
    }
}

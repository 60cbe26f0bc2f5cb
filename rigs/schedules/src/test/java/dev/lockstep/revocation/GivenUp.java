package dev.lockstep.revocation;

import static dev.lockstep.schedules.Together.require;

import dev.lockstep.schedules.Together;

/** A wait for two nodes fails while one of them acknowledges. */
public final class GivenUp implements Runnable {

    @Override
    public void run() {
        LeaseWait wait = Nodes.waitFor("a", "b");
        Together.run(() -> wait.acknowledged("b"), () -> wait.fail(LeaseWait.ended()));
        require(wait.over().isCompletedExceptionally(), "over, though one node never acknowledged");
    }
}

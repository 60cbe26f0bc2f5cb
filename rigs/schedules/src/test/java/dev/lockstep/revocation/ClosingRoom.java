package dev.lockstep.revocation;

import static dev.lockstep.schedules.Together.require;

import dev.lockstep.contract.NaiveStore;
import dev.lockstep.schedules.Together;
import dev.lockstep.spi.NodeListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** A revocation begins to wait while the node ends, and nothing rings or reads any more. */
public final class ClosingRoom implements Runnable {

    private final NaiveStore store = new NaiveStore();

    @Override
    public void run() {
        IdleExecutor never = new IdleExecutor();
        LeaseWaits room = new LeaseWaits(
                store,
                id -> false,
                Duration.ofMillis(25),
                Nodes.STILL,
                new NodeThreads(never, never, never, never, never),
                NodeListener.NONE);
        AtomicReference<LeaseWait> wait = new AtomicReference<>();
        Together.run(() -> wait.set(room.enter(Nodes.commit("a"), true)), room::close);
        require(wait.get().over().isDone(), "it waits for ever");
    }
}

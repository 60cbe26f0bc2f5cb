package dev.lockstep.revocation;

import static dev.lockstep.schedules.Together.require;

import dev.lockstep.schedules.Together;
import java.util.concurrent.atomic.AtomicReference;

/** A revocation comes while the node ends, and the committer never runs again. */
public final class ClosingCommitter implements Runnable {

    @Override
    public void run() {
        Committing committing = new Committing(task -> {});
        AtomicReference<PendingRevocation> pending = new AtomicReference<>();
        Together.run(() -> pending.set(committing.revoke(1)), committing.committer::close);
        require(pending.get().settled().isDone(), "it waits for ever");
    }
}

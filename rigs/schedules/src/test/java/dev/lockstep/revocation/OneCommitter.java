package dev.lockstep.revocation;

import static dev.lockstep.schedules.Together.require;

import dev.lockstep.schedules.Together;
import java.util.concurrent.atomic.AtomicReference;

/** A revocation comes while the committer of another finds that nothing is left to do. */
public final class OneCommitter implements Runnable {

    @Override
    public void run() {
        Committing committing = new Committing(Runnable::run);
        AtomicReference<PendingRevocation> other = new AtomicReference<>();
        Together.run(() -> committing.revoke(1).settled().join(), () -> other.set(committing.revoke(2)));
        require(other.get().settled().isDone(), "left in the queue");
        require(!committing.wereTwoAtATime(), "two transactions at a time");
    }
}

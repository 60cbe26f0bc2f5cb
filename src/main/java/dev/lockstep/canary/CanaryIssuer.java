package dev.lockstep.canary;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens the canaries of one node. When the moment comes that one has announced, it is revoked as a
 * logout is, and when that has returned the next is opened, which says so. If it fails, the next
 * says nothing. Used by one thread.
 */
final class CanaryIssuer {

    private final CanaryStore store;
    private final String node;
    private final Duration period;
    private final Consumer<String> ended;
    private @Nullable Canary present;
    private boolean isRevoking;
    private volatile boolean isClosed;

    /** @param ended told of each canary as soon as its revocation has returned */
    CanaryIssuer(CanaryStore store, String node, Duration period, Consumer<String> ended) {
        this.store = store;
        this.node = node;
        this.period = period;
        this.ended = ended;
    }

    /**
     * Revokes the present canary if its time has come, or opens the first. To be called at the
     * announced moments or later; again and again is fine.
     */
    void turn() {
        Canary due = present;
        if (isRevoking || (due != null && store.storeMillis() < due.until())) {
            return;
        }
        if (due == null) {
            open(null);
            return;
        }
        isRevoking = true;
        var unused = store.revoke(due.id()).whenComplete((outcome, failure) -> {
            isRevoking = false;
            present = null;
            if (failure == null) {
                goOn(due.id());
            } else {
                open(null);
            }
        });
    }

    private void goOn(String revoked) {
        try {
            ended.accept(revoked);
        } finally {
            open(revoked);
        }
    }

    /** By any thread. */
    void close() {
        isClosed = true;
    }

    private void open(@Nullable String previous) {
        if (isClosed) {
            return;
        }
        Canary next = Canary.next(store.node(), node, CanaryTimes.end(store.storeMillis(), period), previous);
        store.open(next.session(period));
        present = next;
    }
}

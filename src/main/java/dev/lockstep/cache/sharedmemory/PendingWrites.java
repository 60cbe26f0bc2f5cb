package dev.lockstep.cache.sharedmemory;

import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What was put and invalidated by this JVM and is not yet in the shared memory. Readers of this JVM
 * look here first, so that they see their own writes at once.
 *
 * <p>Thread-safe, without locks of its own. Any thread adds; one thread, the writer, takes batches
 * and settles them once they are committed. A settled write goes only if it is still the one under
 * its digest: one that replaced it meanwhile stays for the next batch. Bounded: what doesn't fit is
 * not kept, as a cache may lose anything.
 *
 * <p>A clear is noted in {@code clearing} before the map is emptied. Until the writer has emptied
 * the shared memory too and has taken the note away, readers ignore what is in there; a batch taken
 * before, and written in between, is dropped with the rest, since the writer looks for a note
 * before each batch.
 *
 * <p>Whoever adds may wait for the writer, so that other processes see the write when the call
 * returns. Once a wait has failed, nobody waits until the writer gets on: {@code stalled}.
 */
final class PendingWrites {

    private final int limit;
    private final long patienceNanos;
    private final Map<TokenDigest, PendingWrite> pending = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable PendingWrite> clearing = new AtomicReference<>();
    private volatile boolean stalled;

    /**
     * @param limit how many writes at most
     * @param patience how long to wait for one
     */
    PendingWrites(int limit, Duration patience) {
        this.limit = limit;
        this.patienceNanos = patience.toNanos();
    }

    /** Adds a write; false where there is no room for it. */
    boolean add(TokenDigest digest, PendingWrite write) {
        if (pending.size() >= limit && !pending.containsKey(digest)) {
            return false;
        }
        settle(pending.put(digest, write));
        return true;
    }

    /**
     * The entry that waits, an empty one for a removal, or null where the shared memory is to be
     * asked.
     */
    byte @Nullable [] get(TokenDigest digest) {
        PendingWrite write = pending.get(digest);
        PendingWrite last = write == null ? clearing.get() : write;
        return last == null ? null : last.entry();
    }

    void addClear(PendingWrite clear) {
        settle(clearing.getAndSet(clear));
        pending.forEach((digest, write) -> {
            pending.remove(digest, write);
            write.settle();
        });
    }

    /** Waits a while until a write is settled, if it makes sense to. */
    void await(PendingWrite write) {
        if (!stalled && !write.await(patienceNanos)) {
            stalled = true;
        }
    }

    boolean isEmpty() {
        return pending.isEmpty() && clearing.get() == null;
    }

    /** For {@link #settleClear}, if the shared memory is to be emptied. */
    @Nullable
    PendingWrite clear() {
        return clearing.get();
    }

    void settleClear(PendingWrite clear) {
        clearing.compareAndSet(clear, null);
        clear.settle();
    }

    /** Some of what waits: so many writes at most, and, but for the first, so many bytes. */
    Map<TokenDigest, PendingWrite> batch(int size, long bytes) {
        Map<TokenDigest, PendingWrite> batch = new LinkedHashMap<>();
        long room = bytes;
        for (var entry : pending.entrySet()) {
            room -= entry.getValue().entry().length;
            if (batch.size() == size || (room < 0 && !batch.isEmpty())) {
                break;
            }
            batch.put(entry.getKey(), entry.getValue());
        }
        return batch;
    }

    void settle(Map<TokenDigest, PendingWrite> batch) {
        stalled = false;
        batch.forEach((digest, write) -> {
            pending.remove(digest, write);
            write.settle();
        });
    }

    private static void settle(@Nullable PendingWrite write) {
        if (write != null) {
            write.settle();
        }
    }
}

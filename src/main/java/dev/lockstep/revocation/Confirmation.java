package dev.lockstep.revocation;

import dev.lockstep.RevocationUnconfirmedException;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a commit is still part of the store's history when the waiting for it has taken
 * so long that it is {@linkplain LeaseWait.Commit not certain}. Neither an acknowledgement nor the
 * clock can tell: a node that still has facts of the former history acknowledges what is gone from
 * the restored database. So it takes one more reading of the log's head, sent when the wait was
 * over. All who ask before a reading is sent share it.
 *
 * <p>Thread-safe. {@code arranged} admits one reading that is not sent yet. It is unset before
 * those who asked are taken: who comes too late to be taken arranges the next. A question is among
 * the unanswered, which a reading that hangs does not take away, before it is looked whether all
 * this is closed: so who asks at that time is found by one of the two.
 */
final class Confirmation {

    /**
     * The store was there a moment ago; a logout that can't be confirmed need not hang. An
     * estimate: a reading takes milliseconds.
     */
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final RevocationLog log;
    private final NodeThreads threads;
    private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
    private final Set<Question> unanswered = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean arranged = new AtomicBoolean();
    private volatile boolean closed;

    Confirmation(RevocationLog log, NodeThreads threads) {
        this.log = log;
        this.threads = threads;
    }

    /** Completes a logout after a reading, or fails it where its commit may be gone. */
    void confirm(LogPosition upTo, CompletableFuture<Void> confirmed) {
        Question question = new Question(upTo, confirmed);
        add(question);
        if (closed) {
            failAll();
            return;
        }
        try {
            var unused = threads.timer().schedule(() -> question.fail(null), DEADLINE.toNanos(), TimeUnit.NANOSECONDS);
            ask();
        } catch (RuntimeException | Error e) {
            question.fail(e);
        }
    }

    private record Question(LogPosition upTo, CompletableFuture<Void> confirmed) {

        void answer(LogPosition head) {
            if (head.reaches(upTo)) {
                confirmed.complete(null);
            } else {
                confirmed.completeExceptionally(LeaseWait.historyChanged());
            }
        }

        void fail(@Nullable Throwable e) {
            confirmed.completeExceptionally(unread(e));
        }
    }

    /**
     * Nobody reads any more, and no timer rings: whoever asked is told so, and whoever asks later.
     */
    void close() {
        closed = true;
        failAll();
    }

    private void failAll() {
        unanswered.forEach(question -> question.confirmed().completeExceptionally(LeaseWait.ended()));
    }

    private void add(Question question) {
        unanswered.add(question);
        var unused = question.confirmed().whenComplete((nothing, failure) -> unanswered.remove(question));
        questions.add(question);
    }

    private void ask() {
        if (arranged.compareAndSet(false, true)) {
            try {
                threads.reading().execute(this::read);
            } catch (RuntimeException | Error e) {
                arranged.set(false);
                throw e;
            }
        }
    }

    private void read() {
        arranged.set(false);
        List<Question> asked = new ArrayList<>();
        for (Question next = questions.poll(); next != null; next = questions.poll()) {
            asked.add(next);
        }
        if (!asked.isEmpty()) {
            readFor(asked);
        }
    }

    private void readFor(List<Question> asked) {
        try {
            LogPosition head = log.nodesAmong(Set.of()).head();
            asked.forEach(question -> question.answer(head));
        } catch (RuntimeException | Error e) {
            asked.forEach(question -> question.fail(e));
        }
    }

    private static RevocationUnconfirmedException unread(@Nullable Throwable e) {
        return new RevocationUnconfirmedException(
                "LOCKSTEP-0221 The revocation was committed, but that was so long ago that the store must be asked whether it"
                        + " still holds, and it does not answer. Revoke again to settle it.",
                e);
    }
}

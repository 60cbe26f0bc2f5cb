package dev.lockstep.store.jdbc;

import dev.lockstep.channel.TextMessages;
import dev.lockstep.store.jdbc.dialect.Notifications.Note;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Texts for other nodes that wait for a statement. One takes all that have gathered, on a thread
 * that nobody waits for, or on the one that has brought answers. What finds no room is lost, which
 * costs a poll.
 *
 * <p>Thread-safe. {@code arranged} is taken back before the texts are taken, so that whatever comes
 * later arranges for itself.
 */
final class Outbox implements TextMessages.Transport {

    /** Some megabytes at most. */
    private static final int MOST = 500;

    private static final int MOST_TOGETHER = 100;

    private static final Logger LOG = System.getLogger(Outbox.class.getName());

    private final DirectCalls calls;
    private final ThreadPoolExecutor thread;
    private final BlockingQueue<Note> waiting = new ArrayBlockingQueue<>(MOST);
    private final AtomicBoolean arranged = new AtomicBoolean();
    private volatile boolean closed;

    Outbox(DirectCalls calls, ThreadFactory threads) {
        this.calls = calls;
        this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), threads);
    }

    /** Makes its thread, in the context of whoever starts the channel. */
    void start() {
        thread.prestartAllCoreThreads();
    }

    /** Sends them soon. */
    @Override
    public void toAll(List<String> texts) {
        texts.forEach(text -> put(new Note(Optional.empty(), text)));
        if (arranged.compareAndSet(false, true)) {
            arrange();
        }
    }

    private void arrange() {
        boolean accepted = false;
        try {
            thread.execute(this::sendArranged);
            accepted = true;
        } catch (RejectedExecutionException e) {
            // the channel is closed
        } finally {
            if (!accepted) {
                arranged.set(false); // so that the next text tries again
            }
        }
    }

    /** Keeps it for the next {@link #flush}. */
    @Override
    public void to(String sender, String text) {
        put(new Note(Optional.of(sender), text));
    }

    private void put(Note note) {
        if (!waiting.offer(note)) {
            LOG.log(Level.DEBUG, "Not sent; the log tells the other nodes");
        }
    }

    private void sendArranged() {
        arranged.set(false);
        flush();
    }

    /** On the thread that calls. */
    @Override
    public void flush() {
        List<Note> notes = new ArrayList<>();
        while (!closed && waiting.drainTo(notes, MOST_TOGETHER) > 0) {
            try {
                calls.send(notes);
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "Not sent; the log tells the other nodes", e);
            }
            notes.clear();
        }
    }

    /** What still waits is lost. */
    void close() {
        closed = true;
        thread.shutdown();
    }

    void awaitEnd(Duration atMost) throws InterruptedException {
        var unused = thread.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}

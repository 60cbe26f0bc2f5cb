package dev.lockstep.connection;

import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.connection.KeptConnection.End;
import dev.lockstep.redaction.Redaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections of sessions that have ended, or of an application that does. Thread-safe.
 *
 * <p>Closing may block until the client reads (on WildFly that of an event stream does), and a
 * client that never reads may have any number of connections. So that it holds up nobody else,
 * sessions take turns, of one connection each, and a close that takes longer than {@link #PATIENCE}
 * is interrupted.
 */
public final class ConnectionCloser {

    static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger(ConnectionCloser.class.getName());

    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final OnceAMinute failures = new OnceAMinute();
    private final OnceAMinute delays = new OnceAMinute();

    /**
     * @param threads where connections are closed
     * @param timer on which nothing blocks
     */
    public ConnectionCloser(Executor threads, ScheduledExecutorService timer) {
        this.threads = threads;
        this.timer = timer;
    }

    /**
     * Closes what is open for a session that has ended, later and on other threads; on the calling
     * thread where there are none, as when the application ends. Never throws.
     *
     * @param connections which nobody changes any more
     */
    void closeLater(String sessionId, Iterator<KeptConnection> connections) {
        try {
            threads.execute(() -> closeNext(sessionId, connections));
        } catch (RuntimeException | Error e) {
            connections.forEachRemaining(each -> close(sessionId, each, End.OF_SESSION));
        }
    }

    /**
     * Closes what is open when the application ends, on other threads, and waits for that, but not
     * for long. On the calling thread where the container gives no threads any more. Never throws.
     *
     * @param connections each closes one
     */
    void closeAll(List<Runnable> connections) {
        CountDownLatch open = new CountDownLatch(connections.size());
        for (Runnable each : connections) {
            Runnable closing = () -> {
                each.run();
                open.countDown();
            };
            try {
                threads.execute(closing);
            } catch (RuntimeException e) {
                closing.run();
            }
        }
        try {
            var unused = open.await(PATIENCE_AT_END.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes it on the calling thread. Never throws. */
    void close(String sessionId, KeptConnection connection, End end) {
        Interruption interruption = new Interruption(sessionId);
        Future<?> ring = ringLater(interruption);
        try {
            connection.close(end);
        } catch (Throwable e) {
            report(sessionId, end, e);
        } finally {
            interruption.cancel();
            if (ring != null) {
                ring.cancel(false);
            }
        }
    }

    private void closeNext(String sessionId, Iterator<KeptConnection> connections) {
        KeptConnection next = connections.next();
        if (connections.hasNext()) {
            closeLater(sessionId, connections);
        }
        close(sessionId, next, End.OF_SESSION);
    }

    /** A container that ends an application may have ended half of what the connection needs. */
    private void report(String sessionId, End end, Throwable failure) {
        if (end == End.OF_APPLICATION) {
            LOG.log(Level.DEBUG, "A connection could not be closed with the application.", failure);
        } else if (failures.isDue()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0223 A connection of the session " + sessionId
                            + " could not be closed. This is logged at most once a minute. session=" + sessionId,
                    Redaction.cause(failure, ""));
        }
    }

    private @Nullable Future<?> ringLater(Interruption interruption) {
        try {
            return timer.schedule(interruption, PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RuntimeException e) {
            return null; // the application ends, and the container may give no threads any more
        }
    }

    /** Interrupts the thread that made it, unless that has gone on. */
    private final class Interruption implements Runnable {

        private final String sessionId;
        private @Nullable Thread thread = Thread.currentThread();

        Interruption(String sessionId) {
            this.sessionId = sessionId;
        }

        @Override
        public synchronized void run() {
            if (thread == null) {
                return;
            }
            thread.interrupt();
            if (delays.isDue()) {
                LOG.log(
                        Level.WARNING,
                        "LOCKSTEP-0224 Closing a connection of the session " + sessionId + " took longer than "
                                + PATIENCE.toMillis()
                                + " ms, and was interrupted. This is logged at most once a minute. session="
                                + sessionId);
            }
        }

        synchronized void cancel() {
            thread = null;
            var unused = Thread.interrupted();
        }
    }
}

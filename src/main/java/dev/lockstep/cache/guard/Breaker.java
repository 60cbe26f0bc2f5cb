package dev.lockstep.cache.guard;

import dev.failsafe.CircuitBreaker;
import dev.lockstep.concurrent.Recurring;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Lets nothing through any more when {@value #FAILURES} of the last {@value #WINDOW} operations
 * failed, until a probe succeeds.
 *
 * <p>Thread-safe. Successes are counted only while a failure is remembered: without one there is
 * nothing to weigh them against, and no lock to take. Reading that number without the lock may let
 * a success more or less be counted.
 *
 * <p>{@code probing} is set by whoever schedules a probe, and cleared when that has ended, whatever
 * it ended with. An operation that finds nothing let through and no probe scheduled schedules one;
 * so probes go on even if scheduling one failed for want of memory.
 */
final class Breaker implements AutoCloseable {

    /**
     * Half of them: a slow answer now and then does no harm, and a dead backend costs five
     * deadlines (an estimate) …
     */
    static final int FAILURES = 5;

    /** … among so many operations: few enough that old ones are soon forgotten. */
    static final int WINDOW = 10;

    /**
     * How long after a failure the next probe is made: a backend that is back is used again within
     * about a second, and one that is away costs a call a second.
     */
    static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(GuardedCache.class.getName());

    private final BreakerMessages fault;
    private final Runnable attempt;
    private final ScheduledExecutorService scheduler;
    private final Consumer<Boolean> observer;
    private final CircuitBreaker<Object> breaker;
    private final AtomicBoolean probing = new AtomicBoolean();
    private final Recurring probe;
    private volatile boolean closed;

    /**
     * @param attempt succeeds, or throws
     * @param observer told when it opens, and when it is closed again
     */
    Breaker(BreakerMessages fault, Runnable attempt, ScheduledExecutorService scheduler, Consumer<Boolean> observer) {
        this.fault = fault;
        this.attempt = attempt;
        this.scheduler = scheduler;
        this.observer = observer;
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(FAILURES, WINDOW)
                .onClose(event -> over())
                .build();
        this.probe = Recurring.of("A probe of a cache", this::probe);
    }

    boolean letsThrough() {
        if (breaker.isClosed()) {
            return true;
        }
        probeLater();
        return false;
    }

    void succeeded() {
        if (breaker.getFailureCount() > 0) {
            breaker.recordSuccess();
        }
    }

    void failed(RuntimeException e) {
        boolean opened;
        synchronized (breaker) { // so that one thread sees it open
            boolean wasClosed = breaker.isClosed();
            breaker.recordFailure();
            opened = wasClosed && breaker.isOpen();
        }
        if (opened) {
            LOG.log(Level.WARNING, () -> fault.begun() + e + fault.context());
            observer.accept(true);
            probeLater();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private void over() {
        LOG.log(Level.INFO, fault.over() + fault.context());
        observer.accept(false);
    }

    private void probeLater() {
        if (closed || !probing.compareAndSet(false, true)) {
            return;
        }
        boolean scheduled = false;
        try {
            var unused = scheduler.schedule(probe, BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS);
            scheduled = true;
        } catch (RejectedExecutionException e) {
            closed = true; // the application is stopping
        } finally {
            if (!scheduled) {
                probing.set(false);
            }
        }
    }

    private void probe() {
        try {
            if (!closed && isAnswered()) {
                breaker.close();
            }
        } finally {
            probing.set(false);
            if (!breaker.isClosed()) {
                probeLater();
            }
        }
    }

    private boolean isAnswered() {
        try {
            attempt.run();
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The probe failed", e);
            return false;
        }
    }
}

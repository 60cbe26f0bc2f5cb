package dev.lockstep.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every cache does, even one that always misses. A subclass names the provider, its settings,
 * and the real backend that answers; one line of each goes to {@code target/cache-contracts}.
 *
 * <p>Caches are opened once for all tests of a class, as some take seconds; each test has digests
 * of its own.
 */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(ContractReport.class)
public abstract class SessionCacheContract {

    /** Far longer than any test. */
    protected static final Duration LONG = Duration.ofHours(1);

    private static final String APPLICATION = "/contract";

    private final HandClock clock = new HandClock();
    private final ScheduledExecutorService scheduler =
            Executors.newScheduledThreadPool(2, SessionCacheContract::daemon);
    private final List<SessionCache> opened = new ArrayList<>();

    /** The cache under test. */
    protected SessionCache cache;

    /** The kind of cache under test. */
    protected abstract SessionCacheProvider provider();

    /** The backend that answers, and its version, for people to read. */
    protected abstract String backend() throws Exception;

    /** Its settings, without the prefix. Asked for each cache that is opened. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /**
     * Whether entries expire by {@link dev.lockstep.spi.CacheContext#clock}; otherwise by a clock
     * of the backend's.
     */
    protected boolean expiresByOurClock() {
        return true;
    }

    /** What the caches are made from; to be overridden to add beans. */
    protected ContractContext context(String application) {
        return ContractContext.of(application, scheduler, expiresByOurClock() ? clock : NodeClock.SYSTEM);
    }

    /** Opens one more cache, closed at the end. */
    protected final SessionCache open(String application) {
        MapSettings settings = new MapSettings(settings());
        SessionCache opening = provider().configure(settings).open(context(application));
        assertThat(settings.problems()).isEmpty();
        assertThat(provider().settings())
                .extracting(Setting::name)
                .containsExactlyInAnyOrderElementsOf(settings.asked());
        opened.add(opening);
        return opening;
    }

    /** Opens one more cache of the application under test, as another node has it. */
    protected final SessionCache openAnotherNode() {
        return open(APPLICATION);
    }

    /** The application under test. */
    protected final String application() {
        return APPLICATION;
    }

    @BeforeAll
    void openTheCache() throws Exception {
        startBackend();
        cache = open(APPLICATION);
        openMore();
    }

    /** Starts what the cache needs; its stopping is up to the subclass. */
    protected void startBackend() throws Exception {}

    /** Opens more caches. */
    protected void openMore() {}

    @AfterAll
    void closeTheCaches() throws Exception {
        for (SessionCache each : opened) {
            if (each instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
        scheduler.shutdownNow();
    }

    @Test
    void anUnknownDigestIsAMiss() {
        assertThat(cache.get(SessionCopies.fresh().digest())).isNull();
    }

    @Test
    void aHitIsWhatWasPut() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        assertThat(cache.get(copy.digest())).isIn(copy, null);
    }

    @Test
    void anExpiredCopyIsNeverReturned() {
        SessionCopy copy = SessionCopies.fresh();
        Duration timeToLive = Duration.ofMillis(150);
        cache.put(copy, timeToLive);
        letPass(timeToLive);
        assertThat(cache.get(copy.digest())).isNull();
    }

    @Test
    void withoutTimeToLiveNothingIsKept() {
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            SessionCopy copy = SessionCopies.fresh();
            cache.put(copy, none);
            assertThat(cache.get(copy.digest())).isNull();
        }
    }

    @Test
    void theLongestTimeToLiveIsTaken() {
        for (Duration longest : List.of(Duration.ofDays(365), Duration.ofSeconds(Long.MAX_VALUE))) {
            SessionCopy copy = SessionCopies.fresh();
            cache.put(copy, longest);
            assertThat(cache.get(copy.digest())).isIn(copy, null);
        }
    }

    @Test
    void theShortestTimeToLiveIsTaken() {
        assertThatCode(() -> cache.put(SessionCopies.fresh(), Duration.ofNanos(1)))
                .doesNotThrowAnyException();
    }

    @Test
    void invalidatingWhatIsNotThereDoesNothing() {
        assertThatCode(() -> cache.invalidate(SessionCopies.fresh().digest())).doesNotThrowAnyException();
    }

    @Test
    void clearingTwiceDoesNothing() {
        assertThatCode(() -> {
                    cache.clear();
                    cache.clear();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void threadsGetTheirOwnCopies() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Void> done : threads.invokeAll(Collections.<Callable<Void>>nCopies(8, this::useForAWhile))) {
                done.get(60, SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Void useForAWhile() {
        for (int i = 0; i < 100; i++) {
            SessionCopy copy = SessionCopies.fresh();
            cache.put(copy, LONG);
            assertThat(cache.get(copy.digest())).isIn(copy, null);
            cache.invalidate(copy.digest());
        }
        return null;
    }

    /**
     * Moves our clock, or waits for the backend's, by this and the millisecond that a clock may
     * round by.
     */
    protected final void letPass(Duration time) {
        Duration past = time.plusMillis(2);
        if (expiresByOurClock()) {
            clock.advance(past);
        } else {
            long end = System.nanoTime() + past.toNanos();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(time.plusSeconds(10))
                    .until(() -> System.nanoTime() - end > 0);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "cache-contract");
        thread.setDaemon(true);
        return thread;
    }
}

package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.SessionCacheProvider;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The caches of one kind that a test opens, each as a node of its own; all end together, the last
 * first. Thread-safe.
 */
public final class OpenedCaches implements AutoCloseable {

    private final SessionCacheProvider provider;
    private final String application;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();

    public OpenedCaches(SessionCacheProvider provider, String application) {
        this.provider = provider;
        this.application = application;
    }

    /** What a cache is created with. */
    public ContractContext context() {
        return ContractContext.of(application, scheduler, NodeClock.SYSTEM);
    }

    public SessionCache open(Map<String, String> settings) {
        return open(settings, context());
    }

    public SessionCache open(Map<String, String> settings, Duration timeout) {
        return open(settings, context().withTimeout(timeout));
    }

    public SessionCache open(Map<String, String> settings, ContractContext context) {
        MapSettings read = new MapSettings(settings);
        SessionCache cache = provider.configure(read).open(context);
        keep((AutoCloseable) cache);
        assertThat(read.problems()).isEmpty();
        return cache;
    }

    /** Closes something else with the caches. */
    public <T extends AutoCloseable> T keep(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    /** Waits until a cache gives back what was put into it, and returns that. */
    public static SessionCopy awaitAnswers(SessionCache cache) {
        return await().atMost(Duration.ofSeconds(90))
                .ignoreExceptionsInstanceOf(CacheException.class)
                .until(
                        () -> {
                            SessionCopy copy = SessionCopies.fresh();
                            cache.put(copy, Duration.ofHours(1));
                            return cache.get(copy.digest());
                        },
                        copy -> copy != null);
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        scheduler.shutdownNow();
    }
}

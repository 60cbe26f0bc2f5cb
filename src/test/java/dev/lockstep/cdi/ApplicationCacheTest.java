package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.CacheName;
import dev.lockstep.IssuedToken;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.guard.GuardedCache;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.session.Digests;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A cache of the application is the one that is meant, and costs no more than one of ours when it
 * fails.
 */
class ApplicationCacheTest {

    private static final Map<String, String> MINE = Map.of("lockstep.cache", "mine", "lockstep.near", "false");

    @Test
    void severalOfOneNameAreAProblemThatNamesThem() {
        assertThatThrownBy(() ->
                        SeApplication.start(MINE, Mine.class, Second.class).close())
                .hasMessageContaining("LOCKSTEP-0011 Several beans have @CacheName(\"mine\")")
                .hasMessageContaining(Mine.class.getName())
                .hasMessageContaining(Second.class.getName());
    }

    @Test
    void anAlternativeOfTheSameNameIsNone() {
        try (SeApplication application = SeApplication.start(MINE, Mine.class, Chosen.class)) {
            Chosen.PUTS.set(0);
            application.get(SessionManager.class).open("alice", Set.of());
            assertThat(Chosen.PUTS).hasValue(1);
        }
    }

    @Test
    void oneWithoutANameIsAProblem() {
        assertThatThrownBy(() -> SeApplication.start(Map.of(), Nameless.class).close())
                .hasMessageContaining("LOCKSTEP-0012 " + Nameless.class.getName());
    }

    @Test
    void oneThatTakesThePlaceOfOursIsWarnedOf() {
        try (CapturedLog log = new CapturedLog(CacheBeans.class.getName());
                SeApplication application = SeApplication.start(Map.of(), Memory.class)) {
            assertThat(application.get(SessionManager.class)).isNotNull();
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0514 @CacheName(\"memory\") of " + Memory.class.getName());
        }
    }

    @Test
    void whatItThrowsReachesNobodyAndIsToldOf() {
        try (CapturedLog log = new CapturedLog(GuardedCache.class.getName());
                SeApplication application = SeApplication.start(MINE, Throwing.class)) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());

            for (int i = 0; i < 10; i++) {
                assertThat(sessions.find(issued.token())).isPresent();
            }
            sessions.revoke(issued.token());
            assertThat(sessions.find(issued.token())).isEmpty();
            assertThat(log.messages()).anyMatch(message -> message.startsWith("LOCKSTEP-0301 The cache mine fails"));
        }
    }

    @Test
    void whereItHangsTheStoreAnswersAndItIsToldOf() {
        Hanging.GATE = new CountDownLatch(1);
        Map<String, String> quick =
                Map.of("lockstep.cache", "mine", "lockstep.near", "false", "lockstep.cache.timeout", "20ms");
        try (CapturedLog log = new CapturedLog(GuardedCache.class.getName());
                SeApplication application = SeApplication.start(quick, Hanging.class)) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());

            for (int i = 0; i < 10; i++) {
                assertThat(sessions.find(issued.token())).isPresent();
            }
            await().untilAsserted(() -> assertThat(log.messages())
                    .anyMatch(message -> message.startsWith("LOCKSTEP-0301 The cache mine fails")));
        } finally {
            Hanging.GATE.countDown();
        }
    }

    @Test
    void theDeadlineIsNamed() {
        Hanging.GATE = new CountDownLatch(1);
        try (ApplicationCache cache = new ApplicationCache(new Hanging(), "mine", Duration.ofMillis(10), Thread::new)) {
            assertThatThrownBy(() -> cache.get(new TokenDigest(1, 2, 3, 4)))
                    .isInstanceOf(CacheException.class)
                    .hasMessageStartingWith("LOCKSTEP-0512 Your cache mine did not answer within PT0.01S");
        } finally {
            Hanging.GATE.countDown();
        }
    }

    @Test
    void noRequestMakesAThread() {
        Thread deployment = Thread.currentThread();
        List<Thread> makers = new CopyOnWriteArrayList<>();
        ThreadFactory threads = work -> {
            makers.add(Thread.currentThread());
            return new Thread(work);
        };
        try (ApplicationCache cache = new ApplicationCache(new Mine(), "mine", Duration.ofSeconds(30), threads)) {
            CompletableFuture.runAsync(() -> cache.get(new TokenDigest(1, 2, 3, 4)))
                    .join();

            assertThat(makers).hasSize(16).containsOnly(deployment);
        }
    }

    /**
     * The near cache still has the copy: only clearing that too sends the next request to the
     * store.
     */
    @Test
    void clearingTheInjectedCacheClearsTheNearCacheInFrontOfItToo() {
        try (SeApplication application = SeApplication.start(Map.of("lockstep.cache", "mine"), Mine.class)) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());
            TokenDigest digest = Digests.of("default", issued.token());
            await().until(() -> isFoundNear(sessions, issued));

            int before = Mine.PUTS.get();
            application.get(SessionCache.class).clear();
            assertThat(sessions.find(issued.token())).isPresent();
            assertThat(Mine.PUTS.get()).isGreaterThan(before);

            before = Mine.PUTS.get();
            application.get(SessionCache.class).invalidate(digest);
            assertThat(sessions.find(issued.token())).isPresent();
            assertThat(Mine.PUTS.get()).isGreaterThan(before);
        }
    }

    /** Not so before this node has a lease. */
    private static boolean isFoundNear(SessionManager sessions, IssuedToken issued) {
        int before = Mine.PUTS.get();
        return sessions.find(issued.token()).isPresent() && Mine.PUTS.get() == before;
    }

    @ApplicationScoped
    @CacheName("mine")
    static class Mine extends NaiveCache {

        static final AtomicInteger PUTS = new AtomicInteger();

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            PUTS.incrementAndGet();
            super.put(copy, timeToLive);
        }
    }

    @Dependent
    @CacheName("mine")
    static class Second extends NaiveCache {}

    @ApplicationScoped
    @Alternative
    @Priority(1)
    @CacheName("mine")
    static class Chosen extends NaiveCache {

        static final AtomicInteger PUTS = new AtomicInteger();

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            PUTS.incrementAndGet();
        }
    }

    @ApplicationScoped
    static class Nameless extends NaiveCache {}

    @ApplicationScoped
    @CacheName("memory")
    static class Memory extends NaiveCache {}

    @ApplicationScoped
    @CacheName("mine")
    static class Throwing extends NaiveCache {

        @Override
        public @Nullable SessionCopy get(TokenDigest digest) {
            throw new NullPointerException("a cache of a test");
        }

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            throw new StackOverflowError("a cache of a test");
        }

        @Override
        public void invalidate(TokenDigest digest) {
            throw new NullPointerException("a cache of a test");
        }
    }

    @ApplicationScoped
    @CacheName("mine")
    static class Hanging extends NaiveCache {

        static CountDownLatch GATE = new CountDownLatch(1);

        @Override
        public @Nullable SessionCopy get(TokenDigest digest) {
            hang();
            return null;
        }

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            hang();
        }

        private static void hang() {
            while (GATE.getCount() > 0) {
                try {
                    GATE.await();
                } catch (InterruptedException e) {
                    // hangs all the same
                }
            }
        }
    }
}

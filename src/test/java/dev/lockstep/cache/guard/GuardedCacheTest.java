package dev.lockstep.cache.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.LocalCache;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedCacheTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final FaultyCache backend = new FaultyCache();
    private final RecordedNodeEvents told = new RecordedNodeEvents();
    private final GuardedCache guarded = GuardedCache.around(
            backend,
            "faulty",
            ContractContext.of("/guard", scheduler, NodeClock.SYSTEM).withListener(told.listener()));
    private final SessionCopy copy = SessionCopies.fresh();

    @AfterEach
    void stop() {
        guarded.close();
        scheduler.shutdownNow();
    }

    @Test
    void aHealthyCacheIsPassedThrough() {
        guarded.put(copy, LONG);
        assertThat(guarded.get(copy.digest())).isEqualTo(copy);
        guarded.invalidate(copy.digest());
        assertThat(guarded.get(copy.digest())).isNull();
    }

    @Test
    void itIsAsFarAwayAsTheCacheBehindIt() {
        CacheContext context = ContractContext.of("/guard", scheduler, NodeClock.SYSTEM);

        assertThat(guarded.isLocal()).isFalse();
        assertThat(GuardedCache.around(new CacheSaying(true), "at hand", context)
                        .isLocal())
                .isTrue();
        assertThat(GuardedCache.around(new CacheSaying(false), "remote", context)
                        .isLocal())
                .isFalse();
    }

    @Test
    void anyExceptionBecomesACacheException() {
        backend.dead = true;
        assertThatThrownBy(() -> guarded.get(copy.digest()))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("LOCKSTEP-0300")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDeadCacheIsLeftAloneAfterAFewFailures() {
        die();
        int calls = backend.calls.get();
        for (int i = 0; i < 100; i++) {
            assertThat(guarded.get(copy.digest())).isNull();
            guarded.put(copy, LONG);
            guarded.invalidate(copy.digest());
        }
        assertThat(backend.calls.get() - calls).isLessThan(10); // but for probes
    }

    @Test
    void aCacheThatAnswersAgainIsUsedAgain() {
        guarded.put(copy, LONG);
        die();
        backend.dead = false;
        await().until(() -> copy.equals(guarded.get(copy.digest())));
    }

    @Test
    void itIsToldWhenReadsAreLeftAloneAndWhenTheyAreMadeAgain() {
        guarded.put(copy, LONG);
        die();
        assertThat(told.take()).containsExactly("breaker faulty true true");

        backend.dead = false;
        await().until(() -> copy.equals(guarded.get(copy.digest())));
        await().untilAsserted(() -> assertThat(told.of("breaker")).containsExactly("breaker faulty true false"));
    }

    @Test
    void itIsToldWhenWritesAloneAreLeftOut() {
        backend.readOnly = true;
        for (int i = 0; i < Breaker.FAILURES; i++) {
            assertThatThrownBy(() -> guarded.put(copy, LONG)).isInstanceOf(CacheException.class);
        }

        assertThat(told.take()).containsExactly("breaker faulty false true");
    }

    @Test
    void operatorsAreToldWhichCacheOfWhichApplicationFailsAndAnswersAgain() {
        try (CapturedLog log = new CapturedLog(GuardedCache.class.getName())) {
            guarded.put(copy, LONG);
            die();
            backend.dead = false;
            await().until(() -> copy.equals(guarded.get(copy.digest())));
            backend.readOnly = true;
            for (int i = 0; i < Breaker.FAILURES; i++) {
                assertThatThrownBy(() -> guarded.put(copy, LONG)).isInstanceOf(CacheException.class);
            }
            backend.readOnly = false;
            await().until(() -> log.messages().size() == 4);

            assertThat(log.messages()).allMatch(message -> message.endsWith(" application=/guard cache=faulty"));
            assertThat(log.messages())
                    .extracting(message -> message.substring(0, "LOCKSTEP-0000".length()))
                    .containsExactly("LOCKSTEP-0301", "LOCKSTEP-0302", "LOCKSTEP-0327", "LOCKSTEP-0328");
        }
    }

    @Test
    void aCacheThatReadsButDoesNotWriteIsReadOn() {
        guarded.put(copy, LONG);
        backend.readOnly = true;
        for (int i = 0; i < Breaker.FAILURES; i++) {
            assertThatThrownBy(() -> guarded.put(SessionCopies.fresh(), LONG)).isInstanceOf(CacheException.class);
        }
        guarded.put(SessionCopies.fresh(), LONG); // skipped: no exception
        guarded.invalidate(copy.digest());
        for (int i = 0; i < 2 * Breaker.WINDOW; i++) {
            assertThat(guarded.get(copy.digest())).isEqualTo(copy);
        }
    }

    @Test
    void aCacheThatCanBeWrittenAgainIsWrittenAgain() {
        backend.readOnly = true;
        for (int i = 0; i < Breaker.FAILURES; i++) {
            assertThatThrownBy(() -> guarded.put(copy, LONG)).isInstanceOf(CacheException.class);
        }
        backend.readOnly = false;
        await().until(() -> {
            guarded.put(copy, LONG);
            return copy.equals(guarded.get(copy.digest()));
        });
    }

    @Test
    void aDeadCacheThatComesBackReadOnlyIsReadAndNotWritten() {
        guarded.put(copy, LONG);
        die();
        backend.readOnly = true;
        backend.dead = false;
        await().until(() -> copy.equals(guarded.get(copy.digest())));
    }

    @Test
    void anErrorInAProbeDoesNotEndProbing() {
        guarded.put(copy, LONG);
        die();
        backend.exhausted = true;
        int calls = backend.calls.get();
        await().until(() -> backend.calls.get() >= calls + 2);
        backend.exhausted = false;
        backend.dead = false;
        await().until(() -> copy.equals(guarded.get(copy.digest())));
    }

    @Test
    void aFailureNowAndThenChangesNothing() {
        guarded.put(copy, LONG);
        for (int i = 0; i < 20; i++) {
            backend.dead = true;
            assertThatThrownBy(() -> guarded.get(copy.digest())).isInstanceOf(CacheException.class);
            backend.dead = false;
            for (int j = 0; j < Breaker.WINDOW; j++) {
                assertThat(guarded.get(copy.digest())).isEqualTo(copy);
            }
        }
    }

    @Test
    void clearIsAlwaysTried() {
        die();
        assertThatThrownBy(guarded::clear).isInstanceOf(CacheException.class);
    }

    @Test
    void closingClosesTheCacheAndEndsProbing() {
        die();
        guarded.close();
        assertThat(backend.closed).isTrue();
        await().until(() -> scheduler.submit(() -> true).get());
    }

    private void die() {
        backend.dead = true;
        for (int i = 0; i < Breaker.FAILURES; i++) {
            assertThatThrownBy(() -> guarded.get(copy.digest())).isInstanceOf(CacheException.class);
        }
        assertThat(guarded.get(copy.digest())).isNull();
    }

    private static final class FaultyCache implements SessionCache, AutoCloseable {

        private final NaiveCache copies = new NaiveCache();
        private final AtomicInteger calls = new AtomicInteger();
        private volatile boolean dead;
        private volatile boolean readOnly;
        private volatile boolean exhausted;
        private volatile boolean closed;

        @Override
        public SessionCopy get(TokenDigest digest) {
            call(dead);
            return copies.get(digest);
        }

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            call(dead || readOnly);
            copies.put(copy, timeToLive);
        }

        @Override
        public void invalidate(TokenDigest digest) {
            call(dead || readOnly);
            copies.invalidate(digest);
        }

        @Override
        public void clear() {
            call(dead || readOnly);
            copies.clear();
        }

        @Override
        public void close() {
            closed = true;
        }

        private void call(boolean fails) {
            calls.incrementAndGet();
            if (exhausted) {
                throw new OutOfMemoryError("a failure of a test");
            }
            if (fails) {
                throw new IllegalStateException("dead");
            }
        }
    }

    private static final class CacheSaying extends NaiveCache implements LocalCache {

        private final boolean local;

        CacheSaying(boolean local) {
            this.local = local;
        }

        @Override
        public boolean isLocal() {
            return local;
        }
    }
}

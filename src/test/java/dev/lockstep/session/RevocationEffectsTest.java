package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.RevocationsMissed;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionRevoked;
import dev.lockstep.connection.ConnectionCloser;
import dev.lockstep.connection.ConnectionRegistry;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.contract.Samples;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the application is told of what a node learns. */
class RevocationEffectsTest {

    private final RecordedEvents events = new RecordedEvents();
    private final NaiveCache near = new NaiveCache();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final NaiveStore store = new NaiveStore();
    private final RevocationEffects listener = listener(scheduler);
    private final ConnectionRegistry connections = new ConnectionRegistry(
            store,
            store,
            true,
            listener::tell,
            NodeClock.SYSTEM,
            store::now,
            scheduler,
            new ConnectionCloser(Runnable::run, scheduler));

    @AfterEach
    void close() {
        scheduler.shutdownNow();
    }

    @Test
    void aSessionWhoseRowHadVanishedIsToldAsRevoked() {
        learn(gone(Cause.SESSION_GONE));

        assertThat(events.of(SessionRevoked.class))
                .extracting(SessionRevoked::sessionId)
                .containsExactly("session");
    }

    @Test
    void ofATokenThatTheStoreDidNotKnowTheSessionIsToldWhereACopyTellsWhich() {
        SessionCopy copy = new NaiveStore().open(Samples.session("alice"));
        near.put(copy, Duration.ofMinutes(15));

        learn(new Revocation(1, copy.digest(), "nobody's", "", Cause.TOKEN_GONE, Instant.EPOCH));
        learn(gone(Cause.TOKEN_GONE));

        assertThat(events.of(SessionRevoked.class)).singleElement().satisfies(told -> {
            assertThat(told.sessionId()).isEqualTo(copy.session().id());
            assertThat(told.principal()).isEqualTo("alice");
        });
    }

    /** Which may be slow, so that no logout waits for it. */
    @Test
    void theSharedCopyIsDroppedInTheBackgroundWhereThereIsASharedCache() {
        SessionCopy copy = store.open(Samples.session("alice"));
        NaiveCache shared = new NaiveCache();
        shared.put(copy, Duration.ofMinutes(15));
        List<Runnable> background = new ArrayList<>();

        listener(null, background::add, scheduler).dropShared(copy.digest());
        assertThat(background).isEmpty();

        listener(shared, background::add, scheduler).dropShared(copy.digest());
        assertThat(shared.get(copy.digest())).isEqualTo(copy);
        background.forEach(Runnable::run);
        assertThat(shared.get(copy.digest())).isNull();
    }

    @Test
    void whatIsOpenForASessionEndsWithItAndNotWithItsToken() {
        SessionCopy copy = store.open(Samples.session("alice"));
        AtomicInteger closed = new AtomicInteger();
        connections.register(copy.session(), closed::incrementAndGet);

        learn(of(copy, Cause.ROTATED));
        assertThat(closed).hasValue(0);
        learn(of(copy, Cause.REVOKED));
        assertThat(closed).hasValue(1);
    }

    @Test
    void whereRevocationsWereMissedWhatIsOpenIsCheckedByTheStore() {
        SessionCopy copy = store.open(Samples.session("alice"));
        AtomicInteger closed = new AtomicInteger();
        connections.register(copy.session(), closed::incrementAndGet);
        store.vanish(copy.digest());

        listener.missed(new RevocationsMissed(Instant.EPOCH, RevocationsMissed.Reason.LOG_TRIMMED));

        await().until(() -> closed.get() == 1);
    }

    @Test
    void ofARotationAndOfAPrincipalNothingIsTold() {
        learn(gone(Cause.ROTATED));
        learn(gone(Cause.PRINCIPAL_GONE));

        assertThat(events.of(Object.class)).isEmpty();
    }

    @Test
    void whereAllCopiesAreVoidEverythingMayHaveChangedAndThatIsToldOnceForMany() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        scheduler.execute(() -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 100; i++) {
            learn(gone(Cause.COPIES_VOID));
        }
        gate.countDown();

        await().until(() -> events.of(RevocationsMissed.class).size() == 1);
        learn(gone(Cause.COPIES_VOID));
        await().until(() -> events.of(RevocationsMissed.class).size() == 2);
        assertThat(events.of(RevocationsMissed.class))
                .extracting(RevocationsMissed::reason)
                .containsOnly(RevocationsMissed.Reason.COPIES_VOID);
    }

    @Test
    void aTimerThatFailsOnceDoesNotKeepLaterOnesFromBeingTold() {
        AtomicReference<Error> failure = new AtomicReference<>(new OutOfMemoryError("a failure of a test"));
        ScheduledExecutorService failing = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                Error once = failure.getAndSet(null);
                if (once != null) {
                    throw once;
                }
                return scheduler.schedule(command, delay, unit);
            }
        };
        RevocationEffects unlucky = listener(failing);
        assertThatThrownBy(() -> unlucky.learnt(gone(Cause.COPIES_VOID), Duration.ZERO))
                .isInstanceOf(OutOfMemoryError.class);

        unlucky.learnt(gone(Cause.COPIES_VOID), Duration.ZERO);

        await().until(() -> events.of(RevocationsMissed.class).size() == 1);
        failing.shutdownNow();
    }

    private RevocationEffects listener(ScheduledExecutorService timer) {
        return listener(null, Runnable::run, timer);
    }

    private RevocationEffects listener(
            @Nullable SessionCache shared, Executor background, ScheduledExecutorService timer) {
        return new RevocationEffects(
                new LayeredCache(near, shared, Duration.ofMinutes(15), NodeClock.SYSTEM),
                ApplicationKey.absent("test"),
                events,
                background,
                timer,
                NodeClock.SYSTEM,
                Duration.ofMillis(1));
    }

    private void learn(Revocation revocation) {
        listener.learnt(revocation, Duration.ZERO);
    }

    private static Revocation of(SessionCopy copy, Cause cause) {
        return new Revocation(
                1, copy.digest(), copy.session().id(), copy.session().principal(), cause, Instant.EPOCH);
    }

    private static Revocation gone(Cause cause) {
        return new Revocation(1, Samples.digest(), "session", "", cause, Instant.EPOCH);
    }
}

package dev.lockstep.key;

import static dev.lockstep.key.Keys.ring;
import static dev.lockstep.key.Keys.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.RevocationLog.LogPage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ApplicationKeyTest {

    private static final Duration KEEP = Duration.ofHours(12);
    private static final Duration OLD = KEEP.plus(ApplicationKey.SIDE_BY_SIDE);
    private static final Duration RELIANCE = Duration.ofSeconds(60);
    private static final Duration SETTLING = Duration.ofSeconds(75);

    @AutoClose
    private final CapturedLog log = new CapturedLog(ApplicationKey.class.getName());

    private final HandClock clock = new HandClock();
    private final NaiveStore store = new NaiveStore();
    private final Queue<Runnable> queued = new ArrayDeque<>();
    private final AtomicInteger reads = new AtomicInteger();
    private Executor background = queued::add;
    private boolean broken;

    /** The store, whose reads are counted. */
    private final KeyRingStore counted = new KeyRingStore() {
        @Override
        public KeyRing keyRing(Duration keep) {
            reads.incrementAndGet();
            if (broken) {
                throw new StoreUnavailableException("LOCKSTEP-0101 away", null);
            }
            return store.keyRing(keep);
        }

        @Override
        public KeyRing replaceKey(long number, Duration keep, Former former) {
            throw new AssertionError("nobody asked for that");
        }
    };

    private final ApplicationKey key =
            ApplicationKey.kept("/shop", counted, KEEP, RELIANCE, SETTLING, task -> background.execute(task), clock);

    @Test
    void isKnownOnceItIsStarted() {
        assertThat(key.toMakeWith(KeyPurpose.COPY)).isEmpty();
        assertThat(key.isAbsent()).isFalse();

        key.start();

        assertThat(made()).isEqualTo(inForce());
        assertThat(key.all(KeyPurpose.TOKEN)).hasSize(1);
        assertThat(key.ofVersion(KeyPurpose.CHANNEL, inForce())).isPresent();
        assertThat(key.ofVersion(KeyPurpose.CHANNEL, inForce() + 1)).isEmpty();
    }

    @Test
    void isReadAgainOnlyWhenAPollTellsAnotherVersion() {
        key.start();
        for (int i = 0; i < 100; i++) {
            poll();
        }

        assertThat(queued).isEmpty();
        assertThat(reads).hasValue(1);
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void aChangeIsNoticedByTheNextPollAndUsedOnceEverybodyKnowsIt() {
        key.start();
        long former = inForce();
        long next = replace();

        pollAndRead();

        assertThat(key.all(KeyPurpose.TOKEN)).extracting(DerivedKey::version).containsExactly(next, former);
        assertThat(made()).isEqualTo(former);
        store.advance(SETTLING.minusMillis(1));
        poll();
        assertThat(made()).isEqualTo(former);
        store.advance(Duration.ofMillis(1));
        poll();
        assertThat(made()).isEqualTo(next);
        assertThat(reads).hasValue(2);
        assertThat(log.messages())
                .containsExactly("LOCKSTEP-0234 The application has a new key. application=/shop version=" + next
                        + " former=" + former);
    }

    @Test
    void afterALeakOnlyTokensAreMadeWithWhatOthersKnowUntilTheyKnowMore() {
        key.start();
        long former = inForce();
        store.advance(OLD);
        poll();
        long next = store.replaceKey(former, OLD, Former.LEAKED).inForce().number();

        pollAndRead();

        assertThat(key.toMakeWith(KeyPurpose.COPY)).map(DerivedKey::version).contains(next);
        assertThat(key.toMakeWith(KeyPurpose.CHANNEL)).map(DerivedKey::version).contains(next);
        assertThat(key.all(KeyPurpose.TOKEN)).extracting(DerivedKey::version).containsExactly(next, former);
        assertThat(key.require(KeyPurpose.TOKEN).version()).isEqualTo(former);
        store.advance(SETTLING.minusMillis(1));
        poll();
        assertThat(key.require(KeyPurpose.TOKEN).version()).isEqualTo(former);
        store.advance(Duration.ofMillis(1));
        poll();
        assertThat(key.require(KeyPurpose.TOKEN).version()).isEqualTo(next);
    }

    @Test
    void aNodeThatStartsAfterAChangeMakesNothingWithWhatOthersMayNotKnow() {
        long former = inForce();
        long next = replace();

        key.start();

        assertThat(made()).isEqualTo(former);
        store.advance(SETTLING);
        poll();
        assertThat(made()).isEqualTo(next);
    }

    /** The store may forget a former version sooner than what is made with it now is over. */
    @Test
    void aNodeThatHasNotPolledYetMakesNothingWithAVersionThatIsLongOver() {
        long next = replace();
        store.advance(SETTLING);
        clock.jump(Duration.ofMillis(store.poll("none", head(), 1).storeMillis() - clock.wallMillis()));

        key.start();

        assertThat(made()).isEqualTo(next);
    }

    @Test
    void aNodeThatStartsAfterALeakTagsTokensWithWhatOthersKnowToo() {
        long former = inForce();
        store.advance(OLD);
        long second = replace();
        long third = store.replaceKey(second, OLD, Former.LEAKED).inForce().number();

        key.start();

        assertThat(key.require(KeyPurpose.TOKEN).version()).isEqualTo(former);
        assertThat(made()).isEqualTo(third);
        poll();
        assertThat(key.require(KeyPurpose.TOKEN).version()).isEqualTo(former);
        assertThat(made()).isEqualTo(third);
        store.advance(SETTLING);
        poll();
        assertThat(key.require(KeyPurpose.TOKEN).version()).isEqualTo(third);
    }

    @Test
    void afterALeakNothingButTokensIsRecognisedByTheFormerVersion() {
        key.start();
        long former = inForce();
        store.replaceKey(former, OLD, Former.LEAKED);

        pollAndRead();

        assertThat(made()).isEqualTo(inForce()).isNotEqualTo(former);
        assertThat(key.ofVersion(KeyPurpose.COPY, former)).isEmpty();
        assertThat(key.ofVersion(KeyPurpose.CHANNEL, former)).isEmpty();
        assertThat(key.ofVersion(KeyPurpose.TOKEN, former)).isPresent();
    }

    @Test
    void coversEverySessionOnceTheFirstVersionIsOlderThanASessionCanBe() {
        key.start();
        store.advance(OLD.minusMillis(1));
        poll();
        assertThat(key.known().coversEverySession()).isFalse();
        store.advance(Duration.ofMillis(1));
        poll();
        assertThat(key.known().coversEverySession()).isTrue();

        replace();
        pollAndRead();

        assertThat(key.known().coversEverySession()).isTrue();
    }

    @Test
    void reliesOnAPollForAMinuteByBothClocks() {
        key.start();
        store.advance(OLD);
        poll();
        clock.advance(RELIANCE.minusMillis(1));
        assertThat(key.known().coversEverySession()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(key.known().coversEverySession()).isFalse();

        poll();
        assertThat(key.known().coversEverySession()).isTrue();
        clock.sleep(RELIANCE);
        assertThat(key.known().coversEverySession()).isFalse();
    }

    @Test
    void doesNotCoverWhatAVersionThatItHasNotReadMayHaveMade() {
        key.start();
        store.advance(OLD);
        replace();
        poll();
        assertThat(key.known().coversEverySession()).isFalse();

        runQueued();

        assertThat(key.known().coversEverySession()).isTrue();
    }

    @Test
    void whoNeedsTheKeyReadsItIfNobodyHas() {
        broken = true;
        assertThatThrownBy(() -> key.require(KeyPurpose.TOKEN)).isInstanceOf(StoreUnavailableException.class);
        broken = false;

        assertThat(key.require(KeyPurpose.TOKEN).version()).isEqualTo(inForce());
        key.require(KeyPurpose.TOKEN);

        assertThat(reads).hasValue(2);
        assertThatThrownBy(() -> ApplicationKey.absent("/shop").require(KeyPurpose.TOKEN))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Their tokens bear tags of the leaked version. */
    @Test
    void afterALeakEverySessionIsCoveredAsItWas() {
        key.start();
        store.advance(OLD);
        store.replaceKey(inForce(), OLD, Former.LEAKED);
        poll();
        assertThat(key.known().coversEverySession()).as("it is not read yet").isFalse();
        runQueued();
        assertThat(key.known().coversEverySession()).isTrue();
    }

    @Test
    void aKeyThatIsGoneIsMadeAgain() {
        NaiveStore.Backup empty = store.backup();
        key.start();
        long former = made();
        store.restore(empty);

        pollAndRead();

        assertThat(made()).isNotEqualTo(former);
        assertThat(store.poll("none", head(), 1).keyVersion()).isEqualTo(made());
    }

    @Test
    void oneReadingAtATime() {
        poll();
        poll();

        assertThat(queued).hasSize(1);
        runQueued();
        poll();
        assertThat(queued).isEmpty();
    }

    @Test
    void whileTheStoreIsAwayWhatIsKnownStaysAndOneReadingASecondIsTried() {
        key.start();
        long former = made();
        replace();
        broken = true;

        for (int i = 0; i < 2; i++) {
            pollAndRead();
            clock.advance(Duration.ofSeconds(1).minusNanos(1));
            poll();
            assertThat(queued).isEmpty();
            clock.advance(Duration.ofNanos(1));
        }

        assertThat(made()).isEqualTo(former);
        assertThat(reads).hasValue(3);
        assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0233 ");
        broken = false;
        pollAndRead();
        assertThat(key.all(KeyPurpose.COPY)).hasSize(2);
    }

    @Test
    void aNodeThatStartsWhileTheStoreIsAwayReadsTheKeyWhenItIsBack() {
        broken = true;
        key.start();
        assertThat(key.all(KeyPurpose.COPY)).isEmpty();
        broken = false;
        clock.advance(Duration.ofSeconds(1));

        pollAndRead();

        assertThat(made()).isEqualTo(inForce());
    }

    @Test
    void whereThereIsNoRoomTheNextPollTriesAgain() {
        background = task -> {
            throw new RejectedExecutionException();
        };
        poll();
        background = queued::add;

        pollAndRead();

        assertThat(made()).isEqualTo(inForce());
    }

    @Test
    void aConfiguredKeyIsThereAtOnceAndStays() {
        ApplicationKey configured = ApplicationKey.configured("/shop", ring(version(2, 0), version(1, 0)), KEEP, clock);

        configured.start();
        configured.polled(0, Keys.START.toEpochMilli(), clock.nanoTime(), clock.wallMillis());

        assertThat(configured.isAbsent()).isFalse();
        assertThat(configured.toMakeWith(KeyPurpose.COPY).map(DerivedKey::version))
                .hasValue(2L);
        assertThat(configured.all(KeyPurpose.COPY))
                .extracting(DerivedKey::version)
                .containsExactly(2L, 1L);
        clock.advance(OLD.minusNanos(1));
        assertThat(configured.known().coversEverySession()).isFalse();
        clock.advance(Duration.ofNanos(1));
        assertThat(configured.known().coversEverySession()).isTrue();
    }

    @Test
    void anAbsentKeyMakesNothing() {
        ApplicationKey absent = ApplicationKey.absent("/shop");

        absent.start();
        absent.polled(7, Keys.START.toEpochMilli(), clock.nanoTime(), clock.wallMillis());

        assertThat(absent.isAbsent()).isTrue();
        assertThat(absent.known().coversEverySession()).isFalse();
        assertThat(absent.toMakeWith(KeyPurpose.COPY)).isEqualTo(Optional.empty());
    }

    private long made() {
        return key.toMakeWith(KeyPurpose.COPY).orElseThrow().version();
    }

    private long inForce() {
        return store.keyRing(KEEP).inForce().number();
    }

    /** A second later. */
    private long replace() {
        store.advance(Duration.ofSeconds(1));
        return store.replaceKey(inForce(), KEEP, Former.STAYS).inForce().number();
    }

    private LogPosition head() {
        return store.nodes().head();
    }

    private void poll() {
        LogPage page = store.poll("none", head(), 1);
        key.polled(page.keyVersion(), page.storeMillis(), clock.nanoTime(), clock.wallMillis());
    }

    private void pollAndRead() {
        poll();
        runQueued();
    }

    private void runQueued() {
        while (!queued.isEmpty()) {
            queued.remove().run();
        }
    }
}

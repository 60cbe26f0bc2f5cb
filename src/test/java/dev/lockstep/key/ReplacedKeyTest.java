package dev.lockstep.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.LockstepException;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.KeyVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The key's replacement, while others replace it too. */
class ReplacedKeyTest {

    private static final Duration KEEP = Duration.ofHours(12);

    private final NaiveStore store = new NaiveStore();

    @Test
    void whatSomebodyElseReplacesAndTrustsMeanwhileIsMarkedAsLeakedAllTheSame() {
        KeyRingStore contended = new Contended() {
            @Override
            public KeyRing replaceKey(long number, Duration keep, Former former) {
                if (calls++ == 0) {
                    store.replaceKey(number, keep, Former.STAYS);
                }
                return store.replaceKey(number, keep, former);
            }
        };

        long version = key(contended).replace(KeyRingStore.Former.LEAKED);

        KeyRing now = store.keyRing(KEEP);
        assertThat(now.inForce().number()).isEqualTo(version);
        assertThat(now.versions()).extracting(KeyVersion::isLeaked).containsExactly(false, true, true);
    }

    @Test
    void ifItIsNotReplacedAsLeakedWhoAskedForItIsTold() {
        Contended unmarked = new Contended() {
            @Override
            public KeyRing replaceKey(long number, Duration keep, Former former) {
                calls++;
                return store.replaceKey(number, keep, Former.STAYS);
            }
        };
        ApplicationKey key = key(unmarked);

        assertThatThrownBy(() -> key.replace(KeyRingStore.Former.LEAKED))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0235 ")
                .hasMessageContaining("Ask again. application=/shop");

        assertThat(unmarked.calls).isBetween(2, 20);
        assertThat(key.ofVersion(KeyPurpose.COPY, store.keyRing(KEEP).inForce().number()))
                .isPresent();
    }

    @Test
    void whoAsksForANewKeyThatIsToBeTrustedDoesNotMindThatAnotherMadeIt() {
        Contended contended = new Contended() {
            @Override
            public KeyRing replaceKey(long number, Duration keep, Former former) {
                calls++;
                store.replaceKey(number, keep, former);
                return store.replaceKey(number, keep, former);
            }
        };

        long version = key(contended).replace(KeyRingStore.Former.STAYS);

        assertThat(contended.calls).isOne();
        KeyRing now = store.keyRing(KEEP);
        assertThat(now.versions()).hasSize(2);
        assertThat(now.inForce().number()).isEqualTo(version);
    }

    @Test
    void onlyWhenAVersionIsTrustedNoMoreThatWasAreItsCopiesDistrusted() {
        ApplicationKey key = key(store);
        AtomicInteger distrusted = new AtomicInteger();
        List<Long> opening = new ArrayList<>();
        key.whenCopiesAreDistrusted(() -> {
            distrusted.incrementAndGet();
            key.all(KeyPurpose.COPY).forEach(each -> opening.add(each.version()));
        });

        key.start();
        key.replace(KeyRingStore.Former.STAYS);
        key.start();
        assertThat(distrusted).hasValue(0);

        long version = key.replace(KeyRingStore.Former.LEAKED);
        assertThat(distrusted).hasValue(1);
        assertThat(opening).containsExactly(version);

        key.start();
        key.replace(KeyRingStore.Former.STAYS);
        assertThat(distrusted).hasValue(1);
    }

    private static ApplicationKey key(KeyRingStore of) {
        Duration reliance = Duration.ofSeconds(60);
        Duration settling = Duration.ofSeconds(75);
        return ApplicationKey.kept("/shop", of, KEEP, reliance, settling, Runnable::run, new HandClock());
    }

    private abstract class Contended implements KeyRingStore {

        int calls;

        @Override
        public KeyRing keyRing(Duration keep) {
            return store.keyRing(keep);
        }
    }
}

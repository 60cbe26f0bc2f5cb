package dev.lockstep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.Concurrently;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class TryLocksTest {

    private static final int THREADS = 4;
    private static final int TURNS = 100_000;

    private final TryLocks locks = new TryLocks(2);

    @Test
    void aTakenFlagIsNobodyElsesUntilItIsReleased() {
        assertThat(locks.tryLock(0)).isTrue();
        assertThat(locks.tryLock(0)).isFalse();
        locks.unlock(0);
        assertThat(locks.tryLock(0)).isTrue();
    }

    @Test
    void eachFlagStandsForItself() {
        assertThat(locks.tryLock(0)).isTrue();
        assertThat(locks.tryLock(1)).isTrue();
        locks.unlock(1);
        assertThat(locks.tryLock(0)).isFalse();
    }

    /**
     * A plain array loses increments unless one thread at a time has it, and sees what the last one
     * did.
     */
    @Test
    void whoTakesAFlagSeesWhatItsLastHolderDid() throws Exception {
        int[] count = new int[1];
        Callable<Void> counting = () -> {
            for (int i = 0; i < TURNS; i++) {
                while (!locks.tryLock(1)) {
                    Thread.yield();
                }
                count[0]++;
                locks.unlock(1);
            }
            return null;
        };
        try (Concurrently concurrently = new Concurrently()) {
            concurrently.run(Collections.nCopies(THREADS, counting));
        }
        assertThat(count[0]).isEqualTo(THREADS * TURNS);
    }
}

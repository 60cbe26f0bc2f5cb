package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What a cache does that keeps copies while there is room. */
public abstract class RetainingCacheContract extends SessionCacheContract {

    /** The cache of another application on the same backend. */
    protected SessionCache other;

    @Override
    protected void openMore() {
        other = open("/contract2");
    }

    @Test
    void getReturnsWhatWasPut() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void aLargeCopyIsKept() {
        SessionCopy copy = SessionCopies.large();
        cache.put(copy, LONG);
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void aSecondPutReplacesTheFirst() {
        SessionCopy copy = SessionCopies.fresh();
        SessionCopy later = SessionCopies.copy(copy.digest(), 2);
        cache.put(copy, LONG);
        cache.put(later, LONG);
        assertThat(cache.get(copy.digest())).isEqualTo(later);
    }

    @Test
    void aSecondPutReplacesTheTimeToLive() {
        SessionCopy copy = SessionCopies.fresh();
        Duration brief = Duration.ofMillis(150);
        cache.put(copy, brief);
        cache.put(copy, LONG);
        letPass(brief);
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void aPutWithoutTimeToLiveDropsTheFirst() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        cache.put(copy, Duration.ZERO);
        assertThat(cache.get(copy.digest())).isNull();
    }

    @Test
    void aCopyOutlivesAReading() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        cache.get(copy.digest());
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void invalidateDropsThatCopyOnly() {
        SessionCopy copy = SessionCopies.fresh();
        SessionCopy neighbour = SessionCopies.fresh();
        cache.put(copy, LONG);
        cache.put(neighbour, LONG);
        cache.invalidate(copy.digest());
        assertThat(cache.get(copy.digest())).isNull();
        assertThat(cache.get(neighbour.digest())).isEqualTo(neighbour);
    }

    @Test
    void whatWasInvalidatedCanBePutAgain() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        cache.invalidate(copy.digest());
        cache.put(copy, LONG);
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void clearDropsAllCopies() {
        SessionCopy one = SessionCopies.fresh();
        SessionCopy two = SessionCopies.fresh();
        cache.put(one, LONG);
        cache.put(two, LONG);
        cache.clear();
        assertThat(cache.get(one.digest())).isNull();
        assertThat(cache.get(two.digest())).isNull();
    }

    @Test
    void clearLeavesAnotherApplicationsCopies() {
        SessionCopy copy = SessionCopies.fresh();
        other.put(copy, LONG);
        cache.put(copy, LONG);
        cache.clear();
        assertThat(other.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void applicationsDoNotSeeEachOthersCopies() {
        SessionCopy copy = SessionCopies.fresh();
        other.put(copy, LONG);
        assertThat(cache.get(copy.digest())).isNull();
        cache.put(copy, LONG);
        other.invalidate(copy.digest());
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void eachPairOfOperationsAgreesWithANaiveMap() {
        CacheOperations.runAllPairs(cache, new Random());
    }

    @Test
    void randomOperationsAgreeWithANaiveMap() {
        long seed = ThreadLocalRandom.current().nextLong();
        CacheOperations.run(cache, new Random(seed), 300, "seed " + seed);
    }
}

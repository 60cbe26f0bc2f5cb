package dev.lockstep.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.Revocation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RevokedSetTest {

    private static final TokenDigest NOTHING = new TokenDigest(0, 0, 0, 0);

    /** As the facts do it: a generation that is full is the older one from then on. */
    @Property(tries = 200)
    void itHoldsWhatTwoHashSetsWould(@ForAll long seed, @ForAll @IntRange(min = 2, max = 400) int max) {
        Random random = new Random(seed);
        RevokedSet set = set(max);
        Set<TokenDigest> younger = new HashSet<>();
        Set<TokenDigest> older = new HashSet<>();
        for (int i = 0; i < 3 * max; i++) {
            TokenDigest digest = oneOfFew(random, 2 * max);
            boolean isNew = younger.add(digest) && !older.contains(digest);
            assertThat(set.add(revocation(digest, i))).isEqualTo(isNew);
            assertThat(set.size()).isEqualTo(younger.size() + older.size());
            assertThat(set.isFull()).isEqualTo(younger.size() >= max / 2);
            if (set.isFull()) {
                set.forgetOlder(0);
                older = younger;
                younger = new HashSet<>();
            }
            TokenDigest asked = oneOfFew(random, 2 * max);
            assertThat(set.contains(asked)).isEqualTo(younger.contains(asked) || older.contains(asked));
        }
    }

    @Example
    void nothingIsLostWhileItGrows() {
        RevokedSet set = set(20_000);
        List<TokenDigest> all =
                new Random(1).longs(9_999).mapToObj(RevokedSetTest::digest).toList();

        for (int i = 0; i < all.size(); i++) {
            assertThat(set.add(revocation(all.get(i), i))).isTrue();
            assertThat(set.contains(all.get(i / 2))).isTrue();
        }

        assertThat(all).allMatch(set::contains);
        assertThat(set.size()).isEqualTo(all.size());
        assertThat(new Random(2).longs(10_000).mapToObj(RevokedSetTest::digest)).noneMatch(set::contains);
    }

    /** With one home and one tag: a look-up compares them all, and walks through full groups. */
    @Example
    void digestsWithOneHashAreToldApart() {
        RevokedSet set = set(200);
        List<TokenDigest> alike = LongStream.range(0, 98)
                .mapToObj(i -> new TokenDigest(7, i % 10, i / 10, 1))
                .toList();

        for (int i = 0; i < alike.size(); i += 2) {
            assertThat(set.add(revocation(alike.get(i), i))).isTrue();
            assertThat(set.add(revocation(alike.get(i), i))).isFalse();
        }

        for (int i = 0; i < alike.size(); i++) {
            assertThat(set.contains(alike.get(i))).isEqualTo(i % 2 == 0);
        }
    }

    /**
     * Else a look-up would walk through many groups, or compare many digests, where somebody has
     * chosen some that are alike but for a few bits.
     */
    @Example
    void digestsAreSpreadOverTheGroupsAndTheTags() {
        RevokedSet.Table table = new RevokedSet.Table(10_000);
        long tags = 0;
        for (long step = 1 << 7; step <= 1 << 16; step *= 2) {
            assertThat(hashes(step).map(table::home).distinct().count()).isGreaterThan(100);
            tags += hashes(step).map(RevokedSet.Table::tag).distinct().count();
        }
        assertThat(tags).isGreaterThan(20);
    }

    private static LongStream hashes(long step) {
        return LongStream.range(0, 4_000).map(number -> RevokedSet.Table.hash(number * step));
    }

    /** The tags of most others say that they are not it. */
    @Example
    void aDigestIsComparedWithThoseOfItsTag() {
        assertThat(RevokedSet.Table.zeroBytes(0x7f02_0304_0506_0780L)).isZero();
        assertThat(RevokedSet.Table.zeroBytes(0x7f00_0304_0506_0780L)).isEqualTo(0x0080_0000_0000_0000L);
    }

    /** As the page of settings says. */
    @Example
    void aDigestTakesSomeFiftyBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int digests = 160;
        long before = threads.getCurrentThreadAllocatedBytes();
        RevokedSet.Table table = new RevokedSet.Table(digests);
        long took = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(table.capacity).isEqualTo(digests);
        assertThat(took).isLessThan(51 * digests);
    }

    /** An empty slot has zeros where its digest is going to be. */
    @Example
    void theDigestOfZerosIsNotThereByItself() {
        RevokedSet set = set(100);
        assertThat(set.contains(NOTHING)).isFalse();

        assertThat(set.add(revocation(NOTHING, 1))).isTrue();

        assertThat(set.contains(NOTHING)).isTrue();
    }

    /** Among them are those whose empty slots look most like a digest: the tag is 1, bits above. */
    @Example
    void besideADigestAnEmptySlotIsNone() {
        for (long a = 1; a < 10_000; a++) {
            RevokedSet set = set(2);
            assertThat(set.add(revocation(new TokenDigest(a, 0, 0, 0), 1))).isTrue();
            assertThat(set.contains(NOTHING)).isFalse();
        }
    }

    @Example
    void aTableHoldsAsManyAsItSays() {
        for (int capacity = 1; capacity < 200; capacity++) {
            RevokedSet.Table table = new RevokedSet.Table(capacity);
            List<TokenDigest> all = new Random(capacity)
                    .longs(capacity)
                    .mapToObj(RevokedSetTest::digest)
                    .toList();
            for (TokenDigest digest : all) {
                assertThat(table.isFull()).isFalse();
                assertThat(table.add(digest)).isTrue();
            }
            assertThat(table.isFull()).isTrue();
            assertThat(all).allMatch(digest -> contains(table, digest));
            assertThat(contains(table, NOTHING)).isFalse();
        }
    }

    @Example
    void forgettingTellsTheNewestThatGoes() {
        RevokedSet set = set(4);
        assertThat(set.add(revocation(digest(1), 8))).isTrue();
        assertThat(set.add(revocation(digest(2), 5))).isTrue();
        set.forgetOlder(0);
        assertThat(set.newestOfOlder()).isEqualTo(8);
        assertThat(set.add(revocation(digest(3), 9))).isTrue();
        assertThat(set.contains(digest(1))).isTrue();

        set.forgetOlder(0);

        assertThat(set.newestOfOlder()).isEqualTo(9);
        assertThat(set.contains(digest(1))).isFalse();
        assertThat(set.contains(digest(3))).isTrue();
    }

    /** The table is made anew while it grows, and its newest position stays. */
    @Example
    void theNewestPositionOutlivesGrowth() {
        RevokedSet set = set(1_000);
        for (int i = 0; i < 400; i++) {
            assertThat(set.add(revocation(digest(i), 1_000 - i))).isTrue();
        }

        set.forgetOlder(0);

        assertThat(set.newestOfOlder()).isEqualTo(1_000);
    }

    @Example
    void aGenerationGetsOld() {
        RevokedSet set = new RevokedSet(new FactsLimits(10, Duration.ofNanos(20)), -5);

        assertThat(set.isOld(4)).isFalse();
        assertThat(set.isOld(5)).isTrue();
        set.forgetOlder(5);
        assertThat(set.isOld(14)).isFalse();
        assertThat(set.isOld(15)).isTrue();
    }

    private static boolean contains(RevokedSet.Table table, TokenDigest digest) {
        return table.contains(digest.a(), digest.b(), digest.c(), digest.d());
    }

    private static RevokedSet set(int max) {
        return new RevokedSet(new FactsLimits(max, Duration.ofHours(1)), 0);
    }

    private static TokenDigest oneOfFew(Random random, int few) {
        long number = random.nextInt(few);
        return random.nextBoolean() ? new TokenDigest(3, number, 0, 0) : digest(number);
    }

    private static TokenDigest digest(long number) {
        return new TokenDigest(number * 0x9E3779B97F4A7C15L, number, 0, 1);
    }

    private static Revocation revocation(TokenDigest digest, long position) {
        return new Revocation(position, digest, "id", "alice", Revocation.Cause.REVOKED, Instant.EPOCH);
    }
}

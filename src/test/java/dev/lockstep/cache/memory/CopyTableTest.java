package dev.lockstep.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.memory.CopyTable.Entry;
import dev.lockstep.contract.SessionCopies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CopyTableTest {

    private static final int KEYS = 12;

    /** All in one chain of either key, and in which no two are equal but in that. */
    private final List<TokenDigest> digests = IntStream.range(0, KEYS)
            .mapToObj(i -> new TokenDigest(7 + ((long) i << 40), i, -i, 1))
            .toList();

    private final List<Fingerprint> fingerprints = IntStream.range(0, KEYS)
            .mapToObj(i -> new Fingerprint(7 + ((long) i / 2 << 40), i))
            .toList();

    private final CopyTable table = new CopyTable(KEYS);

    @Test
    void aCopyIsFoundByItsFingerprintOnceItIsIdentified() {
        Entry entry = put(0, 1);
        assertThat(byFingerprint(table, 0)).isNull();

        identify(table, 0, 0);

        assertThat(byFingerprint(table, 0)).isSameAs(entry);
        assertThat(table.get(digests.get(0))).isSameAs(entry);
        assertThat(byFingerprint(table, 1)).isNull();
    }

    @Test
    void whatIsNotThereCannotBeIdentified() {
        identify(table, 0, 0);
        put(0, 1);

        assertThat(byFingerprint(table, 0)).isNull();
    }

    @Test
    void aSecondFingerprintHasNoEffect() {
        Entry entry = put(0, 1);
        identify(table, 0, 0);
        identify(table, 0, 1);

        assertThat(byFingerprint(table, 0)).isSameAs(entry);
        assertThat(byFingerprint(table, 1)).isNull();
    }

    @Test
    void whatReplacesACopyIsFoundByItsFingerprint() {
        put(0, 1);
        identify(table, 0, 0);

        Entry later = put(0, 2);

        assertThat(byFingerprint(table, 0)).isSameAs(later);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void whatMakesRoomIsFoundByNothing() {
        CopyTable one = new CopyTable(1);
        one.put(entry(0, 1));
        identify(one, 0, 0);

        assertThat(one.put(entry(1, 1))).isEqualTo(1);

        assertThat(one.get(digests.get(0))).isNull();
        assertThat(byFingerprint(one, 0)).isNull();
        assertThat(one.get(digests.get(1))).isNotNull();
    }

    /** A reader that stands on it goes on to whatever followed it. */
    @Test
    void anEntryThatHasLeftStillLeadsOn() {
        Entry last = put(0, 1);
        Entry first = put(1, 1);
        table.remove(digests.get(1));

        assertThat(first.nextByDigest).isSameAs(last);
    }

    @Test
    void itIsACopyOfWhatWasPut() {
        SessionCopy copy = SessionCopies.fresh();
        Entry entry = new Entry(copy, 5);

        assertThat(entry.copy()).isEqualTo(copy);
        assertThat(entry.hasExpired(4)).isFalse();
        assertThat(entry.hasExpired(5)).isTrue();
    }

    @RepeatedTest(50)
    void randomOperationsAgreeWithTwoMaps() {
        Random random = new Random();
        Map<TokenDigest, Entry> byDigest = new HashMap<>();
        Map<Fingerprint, TokenDigest> identified = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            int key = random.nextInt(KEYS);
            TokenDigest digest = digests.get(key);
            switch (random.nextInt(10)) {
                case 0 -> {
                    table.clear();
                    byDigest.clear();
                    identified.clear();
                }
                case 1, 2, 3 -> {
                    table.remove(digest);
                    byDigest.remove(digest);
                    identified.remove(fingerprints.get(key));
                }
                case 4 -> {
                    table.removeIf(entry -> entry.position() == key);
                    byDigest.values().removeIf(entry -> entry.position() == key);
                    identified.values().removeIf(of -> !byDigest.containsKey(of));
                }
                case 5, 6 -> {
                    identify(table, key, key);
                    if (byDigest.containsKey(digest)) {
                        identified.put(fingerprints.get(key), digest);
                    }
                }
                default -> byDigest.put(digest, put(key, random.nextInt(KEYS)));
            }
            compare(byDigest, identified);
        }
    }

    private void compare(Map<TokenDigest, Entry> byDigest, Map<Fingerprint, TokenDigest> identified) {
        assertThat(table.size()).isEqualTo(byDigest.size());
        for (int key = 0; key < KEYS; key++) {
            TokenDigest of = identified.get(fingerprints.get(key));
            assertThat(table.get(digests.get(key))).isSameAs(byDigest.get(digests.get(key)));
            assertThat(byFingerprint(table, key)).isSameAs(of == null ? null : byDigest.get(of));
        }
    }

    private record Fingerprint(long a, long b) {}

    private void identify(CopyTable table, int digest, int number) {
        Fingerprint fingerprint = fingerprints.get(number);
        table.identify(digests.get(digest), fingerprint.a(), fingerprint.b());
    }

    private @Nullable Entry byFingerprint(CopyTable table, int key) {
        Fingerprint fingerprint = fingerprints.get(key);
        return table.get(fingerprint.a(), fingerprint.b());
    }

    private Entry put(int key, long position) {
        Entry entry = entry(key, position);
        assertThat(table.put(entry)).isZero();
        return entry;
    }

    private Entry entry(int key, long position) {
        return new Entry(SessionCopies.copy(digests.get(key), position), 0);
    }
}

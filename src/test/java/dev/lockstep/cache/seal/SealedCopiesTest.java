package dev.lockstep.cache.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.wire.CopyCodec;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.Concurrently;
import dev.lockstep.contract.ContractSeals;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.KeyPurpose;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.CopySeal.Flaw;
import dev.lockstep.spi.NodeListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SealedCopiesTest {

    private static final String APPLICATION = "/shop";
    private static final TokenDigest DIGEST = new TokenDigest(1, 2, 3, 4);
    private static final SessionCopy COPY = SessionCopies.copy(DIGEST, 5);

    private final List<Flaw> flaws = new ArrayList<>();
    private final NodeListener listener = new NodeListener() {
        @Override
        public void copyFlawed(String cache, Flaw why) {
            assertThat(cache).isEqualTo("tested");
            flaws.add(why);
        }
    };
    private final CopySeal seal = seal(1);
    private final byte[] sealed = seal.seal(COPY);

    @Test
    void anotherNodeOpensWhatOneSealed() {
        assertThat(seal(1).open(DIGEST, sealed)).isEqualTo(COPY);
        assertThat(seal.open(DIGEST, sealed)).isEqualTo(COPY);
        assertThat(seal.open(DIGEST, concat(new byte[7], sealed), 7)).isEqualTo(COPY);
        assertThat(flaws).isEmpty();
    }

    @Test
    void aChangeOfAnyBitIsNoticed() {
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(seal.open(DIGEST, changed)).as("bit " + bit).isNull();
        }
        assertThat(flaws).contains(Flaw.UNSEALED, Flaw.UNKNOWN_KEY, Flaw.BROKEN).doesNotContain(Flaw.UNREADABLE);
    }

    @Test
    void partsAndAdditionsAreNone() {
        for (int length = 0; length < sealed.length; length++) {
            assertThat(seal.open(DIGEST, Arrays.copyOf(sealed, length))).isNull();
        }
        assertThat(seal.open(DIGEST, Arrays.copyOf(sealed, sealed.length + 1))).isNull();
    }

    /** Not even deciphered. */
    @Test
    void norIsWhatIsLongerThanAnyCopy() {
        int longest = SealedBytes.OVERHEAD + CopyCodec.MOST_BYTES;
        assertThat(seal.open(DIGEST, Arrays.copyOf(sealed, longest))).isNull();
        assertThat(flaws).containsExactly(Flaw.BROKEN);
        assertThat(seal.open(DIGEST, Arrays.copyOf(sealed, longest + 1))).isNull();
        assertThat(flaws).containsExactly(Flaw.BROKEN, Flaw.UNSEALED);
    }

    @Test
    void anotherDigestsAndAnotherApplicationsAreBroken() {
        assertThat(seal.open(new TokenDigest(1, 2, 3, 5), sealed)).isNull();
        assertThat(seal.open(DIGEST, ContractSeals.of("/shop2").seal(COPY))).isNull();
        assertThat(flaws).containsExactly(Flaw.BROKEN, Flaw.BROKEN);
    }

    @Test
    void whatOneApplicationSealedIsAnothersNotEvenUnderTheSameSubkey() {
        ApplicationKey key = ContractSeals.key(APPLICATION, 1);
        CopySeal other = new SealedCopies("/shop2", "tested", () -> key, listener);
        assertThat(other.open(DIGEST, sealed)).isNull();
        assertThat(flaws).containsExactly(Flaw.BROKEN);
    }

    @Test
    void versionsThatAreKnownAreOpenedAndTheFirstSeals() {
        CopySeal changed = seal(2, 1);
        byte[] young = changed.seal(COPY);
        assertThat(changed.open(DIGEST, sealed)).isEqualTo(COPY);
        assertThat(changed.open(DIGEST, young)).isEqualTo(COPY);
        assertThat(seal(2).open(DIGEST, young)).isEqualTo(COPY);
        assertThat(flaws).isEmpty();
        assertThat(seal.open(DIGEST, young)).isNull();
        assertThat(seal(2).open(DIGEST, sealed)).isNull();
        assertThat(flaws).containsExactly(Flaw.UNKNOWN_KEY, Flaw.UNKNOWN_KEY);
    }

    @Test
    void whatClaimsAnotherVersionThanItsOwnIsBroken() {
        byte[] moved = sealed.clone();
        ByteBuffer.wrap(moved).putLong(1, 2);
        assertThat(seal(1, 2).open(DIGEST, moved)).isNull();
        assertThat(flaws).containsExactly(Flaw.BROKEN);
    }

    @Test
    void aVersionThatIsGoneOpensNothingAnyMore() {
        AtomicReference<ApplicationKey> key = new AtomicReference<>(ContractSeals.key(APPLICATION, 2, 1));
        CopySeal node = new SealedCopies(APPLICATION, "tested", key::get, listener);
        assertThat(node.open(DIGEST, sealed)).isEqualTo(COPY);
        key.set(ContractSeals.key(APPLICATION, 2));
        assertThat(node.open(DIGEST, sealed)).isNull();
        assertThat(flaws).containsExactly(Flaw.UNKNOWN_KEY);
    }

    @Test
    void withoutAKeyNothingIsSealedOrOpenedOrTold() {
        for (@Nullable ApplicationKey none : new ApplicationKey[] {null, ApplicationKey.absent(APPLICATION)}) {
            CopySeal unable = new SealedCopies(APPLICATION, "tested", () -> none, listener);
            assertThat(unable.seal(COPY)).isNull();
            assertThat(unable.open(DIGEST, sealed)).isNull();
        }
        assertThat(CopySeal.NONE.seal(COPY)).isNull();
        assertThat(CopySeal.NONE.open(DIGEST, sealed)).isNull();
        assertThat(flaws).isEmpty();
    }

    @Test
    void whatOpensButIsNoCopyThatThisNodeKnowsIsUnreadable() {
        LentCiphers ciphers = new LentCiphers(APPLICATION.getBytes(UTF_8));
        var origin = new SealedBytes.Origin(1, 6, 7);
        var subkey = new Subkeys()
                .derive(ContractSeals.key(APPLICATION, 1).all(KeyPurpose.COPY).get(0), origin);
        byte[] later = {1 << 3, 2};
        byte[] bytes = SealedBytes.begin(origin, 0, later.length);
        ciphers.seal(subkey, 0, DIGEST, later, bytes);
        assertThat(seal.open(DIGEST, bytes)).isNull();
        assertThat(flaws).containsExactly(Flaw.UNREADABLE);
    }

    /** By one seal under two versions of the key, and by many threads. */
    @Test
    void noNumberComesTwice() throws Exception {
        AtomicReference<ApplicationKey> key = new AtomicReference<>(ContractSeals.key(APPLICATION, 1));
        CopySeal node = new SealedCopies(APPLICATION, "tested", key::get, listener);
        Set<Long> numbers = ConcurrentHashMap.newKeySet();
        for (int version : new int[] {1, 2, 1}) {
            key.set(ContractSeals.key(APPLICATION, version));
            try (Concurrently threads = new Concurrently()) {
                threads.run(Collections.nCopies(8, () -> numbers.addAll(numbersOf(500, node))));
            }
        }
        assertThat(numbers).hasSize(3 * 8 * 500);
    }

    @Test
    void eachStartOfAProcessHasASaltOfItsOwn() {
        Set<Object> origins = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            byte[] bytes = seal(1).seal(COPY);
            assertThat(SealedBytes.number(bytes, 0)).isZero();
            origins.add(SealedBytes.origin(bytes, 0));
        }
        assertThat(origins).hasSize(100);
    }

    @Test
    void saltsThatOpenNothingAreNotKeptAndDriveOutNone() {
        SealedCopies node = (SealedCopies) seal(1);
        assertThat(node.open(DIGEST, sealed)).isEqualTo(COPY);
        byte[] foreign = sealed.clone();
        for (int salt = 0; salt < 2 * Subkeys.MOST + 7; salt++) {
            ByteBuffer.wrap(foreign).putInt(9, salt);
            assertThat(node.open(DIGEST, foreign)).isNull();
        }
        assertThat(node.knownProcesses()).isEqualTo(1);
        assertThat(node.open(DIGEST, sealed)).isEqualTo(COPY);
    }

    @Test
    void whatIsFlawedIsToldOnceAMinuteAndCountedEachTime() throws Exception {
        try (CapturedLog log = new CapturedLog(SealedCopies.class.getName())) {
            for (int i = 0; i < 10; i++) {
                assertThat(seal.open(DIGEST, new byte[] {1})).isNull();
            }
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0329")
                    .endsWith(" application=/shop cache=tested reason=UNSEALED");
        }
        assertThat(flaws).hasSize(10);
    }

    /** Sealed by the first release with seals: never to be changed. */
    @Test
    void theSampleOfFormat2IsOpened() throws IOException {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("sealed-2.bin"))) {
            assertThat(seal.open(DIGEST, file.readAllBytes())).isEqualTo(COPY);
        }
    }

    private static List<Long> numbersOf(int messages, CopySeal seal) {
        return IntStream.range(0, messages)
                .mapToObj(i -> SealedBytes.number(seal.seal(COPY), 0))
                .toList();
    }

    private CopySeal seal(long... versions) {
        return ContractSeals.of(APPLICATION, listener, versions);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}

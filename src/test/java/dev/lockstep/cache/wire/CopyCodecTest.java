package dev.lockstep.cache.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.CollidingTexts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class CopyCodecTest {

    private static final CopyCodec CODEC = new CopyCodec();
    private static final TokenDigest OTHER = new TokenDigest(1, 2, 3, 4);

    @Property
    void whatIsWrittenIsRead(@ForAll("copies") SessionCopy copy) {
        assertThat(CODEC.decode(CODEC.encode(copy), copy.digest())).isEqualTo(copy);
    }

    @Property
    void anotherDigestsCopyIsAMiss(@ForAll("copies") SessionCopy copy) {
        assertThat(CODEC.decode(CODEC.encode(copy), OTHER)).isNull();
    }

    @Property
    void randomBytesAreAMiss(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(CODEC.decode(bytes, OTHER)).isNull();
    }

    @Property
    void aDamagedCopyNeverThrows(@ForAll("copies") SessionCopy copy, @ForAll int where, @ForAll byte what) {
        byte[] bytes = CODEC.encode(copy);
        bytes[Math.floorMod(where, bytes.length)] = what;
        SessionCopy read = CODEC.decode(bytes, copy.digest());
        assertThat(read == null || read.digest().equals(copy.digest())).isTrue();
    }

    @Property
    void aCopyCutShortIsAMiss(@ForAll("copies") SessionCopy copy, @ForAll int length) {
        byte[] bytes = CODEC.encode(copy);
        byte[] some = Arrays.copyOf(bytes, Math.floorMod(length, bytes.length));
        SessionCopy read = CODEC.decode(some, copy.digest());
        assertThat(read).isNull();
    }

    /** Each of 100,000 groups would be a call within the call before. */
    @Example
    void nestedGroupsAreAMiss() {
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) (30 << 3 | 3));
        assertThat(CODEC.decode(bytes, OTHER)).isNull();
    }

    /** With sets that look for a place one by one it takes a minute; else milliseconds. */
    @Example
    void namesThatCollideCostLittle() {
        Set<String> names = CollidingTexts.of(14);
        SessionCopy copy = copyWith(names, names);
        byte[] bytes = CODEC.encode(copy);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 20; i++) {
                assertThat(CODEC.decode(bytes, copy.digest())).isEqualTo(copy);
            }
        });
    }

    @Example
    void moreGroupsOrAttributesThanAnybodyHasAreAMiss() {
        Set<String> most = texts(CopyFields.MOST);
        Set<String> more = texts(CopyFields.MOST + 1);
        assertThat(isReadAgain(copyWith(most, most))).isTrue();
        for (SessionCopy copy : List.of(copyWith(more, Set.of()), copyWith(Set.of(), more))) {
            assertThat(isReadAgain(copy)).isFalse();
        }
    }

    /** To the byte. */
    @Example
    void aCopyThatIsTooLargeIsNeitherWrittenNorRead() {
        int half = CopyCodec.MOST_BYTES / 2;
        int longest = CopyCodec.MOST_BYTES - CODEC.encode(copyOf(half)).length + half;

        assertThat(CODEC.encode(copyOf(longest))).hasSize(CopyCodec.MOST_BYTES);
        assertThat(isReadAgain(copyOf(longest))).isTrue();
        assertThat(isReadAgain(copyOf(longest + 1))).isFalse();
    }

    private static SessionCopy copyOf(int characters) {
        Map<String, String> attributes = Map.of("a", "x".repeat(characters));
        return new SessionCopy(OTHER, Session.ofMillis("id", "p", Set.of(), attributes, 1, 2, 3, 4), 5, 6);
    }

    @Example
    void aNameThatComesTwiceIsAMiss() {
        for (int size : new int[] {1, 100}) {
            Set<String> names = texts(size);
            SessionCopy copy = copyWith(names, names);
            byte[] bytes = CODEC.encode(copy);
            byte[] group = {9 << 3 | 2, 5, 't', 'e', 'x', 't', '0'};
            byte[] attribute = {10 << 3 | 2, 5, 't', 'e', 'x', 't', '0', 11 << 3 | 2, 0};
            assertThat(CODEC.decode(bytes, copy.digest())).isEqualTo(copy);
            assertThat(CODEC.decode(concat(bytes, group), copy.digest())).isNull();
            assertThat(CODEC.decode(concat(bytes, attribute), copy.digest())).isNull();
        }
    }

    private static boolean isReadAgain(SessionCopy copy) {
        byte[] bytes = CODEC.encode(copy);
        byte[] anyway = ProtobufSchema.write(ProtobufSchema.bind(new CopyMarshaller()), copy);
        assertThat(CODEC.decode(anyway, copy.digest()) == null).isEqualTo(bytes == null);
        return bytes != null;
    }

    private static Set<String> texts(int size) {
        return IntStream.range(0, size).mapToObj(i -> "text" + i).collect(Collectors.toSet());
    }

    private static SessionCopy copyWith(Set<String> groups, Set<String> names) {
        Map<String, String> attributes = names.stream().collect(Collectors.toMap(name -> name, name -> "v"));
        Session session = Session.ofMillis("id", "mallory", groups, attributes, 1, 2, 3, 4);
        return new SessionCopy(OTHER, session, 5, 6);
    }

    @Example
    void theSampleOfVersion1IsRead() throws IOException {
        assertThat(CODEC.decode(sample("copy-1.bin"), SampleCopies.SAMPLE.digest()))
                .isEqualTo(SampleCopies.SAMPLE);
    }

    @Example
    void fieldsOfALaterVersionAreSkipped() throws IOException {
        // 100: a text; 101: a number
        byte[] later = {(byte) 0xa2, 0x06, 2, 'x', 'y', (byte) 0xa8, 0x06, 7};
        for (byte[] bytes : new byte[][] {
            concat(later, sample("copy-1.bin")), concat(sample("copy-1.bin"), later),
        }) {
            assertThat(CODEC.decode(bytes, SampleCopies.SAMPLE.digest())).isEqualTo(SampleCopies.SAMPLE);
        }
    }

    @Example
    void anotherFormatIsAMiss() throws IOException {
        byte[] bytes = sample("copy-1.bin");
        assertThat(bytes).startsWith(1 << 3, 1);
        bytes[1] = 2;
        assertThat(CODEC.decode(bytes, SampleCopies.SAMPLE.digest())).isNull();
    }

    @Provide
    Arbitrary<SessionCopy> copies() {
        return SampleCopies.any();
    }

    static byte[] sample(String name) throws IOException {
        try (var file = Objects.requireNonNull(CopyCodecTest.class.getResourceAsStream(name), name)) {
            return file.readAllBytes();
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}

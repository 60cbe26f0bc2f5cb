package dev.lockstep.cache.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
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

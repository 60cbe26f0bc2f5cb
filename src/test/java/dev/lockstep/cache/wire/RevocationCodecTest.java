package dev.lockstep.cache.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationChannel.Message;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class RevocationCodecTest {

    /** What is stored in revocations-1.bin: never to be changed. */
    private static final Message SAMPLE = new Message(
            -5,
            List.of(
                    new Revocation(
                            7, new TokenDigest(1, -2, 3, -4), "s-7", "älice", Cause.REVOKED, Instant.ofEpochMilli(1)),
                    new Revocation(
                            8, new TokenDigest(5, 6, 7, 8), "s-8", "bob", Cause.ROTATED, Instant.ofEpochMilli(2))));

    private static final RevocationCodec CODEC = new RevocationCodec();

    @Property
    void whatIsWrittenIsRead(@ForAll("messages") Message message) {
        assertThat(CODEC.decode(CODEC.encode(message))).isEqualTo(message);
    }

    @Property
    void randomBytesAreNoMessage(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(CODEC.decode(bytes)).matches(read -> read == null || bytes[0] == 1 << 3);
    }

    @Property
    void aMessageCutShortHoldsNoHalfRevocation(@ForAll("messages") Message message, @ForAll int length) {
        byte[] bytes = CODEC.encode(message);
        Message read = CODEC.decode(Arrays.copyOf(bytes, Math.floorMod(length, bytes.length)));
        assertThat(read == null || message.revocations().containsAll(read.revocations()))
                .isTrue();
    }

    @Example
    void theSampleOfVersion1IsRead() throws IOException {
        assertThat(CODEC.decode(CopyCodecTest.sample("revocations-1.bin"))).isEqualTo(SAMPLE);
    }

    @Provide
    Arbitrary<Message> messages() {
        return Combinators.combine(Arbitraries.longs(), revocations().list().ofMaxSize(20))
                .as(Message::new);
    }

    private static Arbitrary<Revocation> revocations() {
        return Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(0),
                        SampleCopies.digests(),
                        SampleCopies.texts(),
                        SampleCopies.texts(),
                        Arbitraries.of(Cause.class),
                        SampleCopies.instants())
                .as(Revocation::new);
    }
}

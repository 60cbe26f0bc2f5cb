package dev.lockstep.cache.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Copies for tests, of all shapes. */
final class SampleCopies {

    /** What is stored in copy-1.bin: never to be changed. */
    static final SessionCopy SAMPLE = new SessionCopy(
            new TokenDigest(0x0102030405060708L, -1, Long.MIN_VALUE, Long.MAX_VALUE),
            new Session(
                    "0193-sample",
                    "älice@example.org",
                    Set.of("user", "администратор"),
                    Map.of("tenant", "42", "emoji", "🔑"),
                    Instant.ofEpochMilli(1_767_225_600_001L),
                    Instant.ofEpochMilli(1_767_225_660_002L),
                    Instant.ofEpochMilli(1_767_268_800_003L),
                    Duration.ofHours(1)),
            -77,
            1_234_567_890_123L);

    private SampleCopies() {}

    static Arbitrary<SessionCopy> any() {
        Arbitrary<Long> longs = Arbitraries.longs();
        return Combinators.combine(digests(), sessions(), longs, longs.filter(n -> n >= 0))
                .as(SessionCopy::new);
    }

    static Arbitrary<TokenDigest> digests() {
        Arbitrary<Long> longs = Arbitraries.longs();
        return Combinators.combine(longs, longs, longs, longs).as(TokenDigest::new);
    }

    private static Arbitrary<Session> sessions() {
        Arbitrary<String> texts = texts();
        return Combinators.combine(
                        texts,
                        texts,
                        texts.set().ofMaxSize(20),
                        Arbitraries.maps(texts, texts).ofMaxSize(20),
                        instants(),
                        instants(),
                        instants(),
                        Arbitraries.longs().between(1, Long.MAX_VALUE).map(Duration::ofMillis))
                .as(Session::new);
    }

    /** Any text of whole code points: half of a surrogate pair has no form in UTF-8. */
    static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(300)
                .filter(text -> UTF_8.newEncoder().canEncode(text));
    }

    static Arbitrary<Instant> instants() {
        return Arbitraries.longs().map(Instant::ofEpochMilli);
    }
}

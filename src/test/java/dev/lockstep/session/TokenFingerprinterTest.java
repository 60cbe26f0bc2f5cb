package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionToken;
import dev.lockstep.session.PlainSipHash.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a second, plain implementation, which is held against the published vectors first. */
class TokenFingerprinterTest {

    private final TokenGenerator tokens = Keyed.tokens("/shop");

    /** From vectors.h of the authors' reference implementation, SipHash-2-4 with 128 bits. */
    @Test
    void thePlainImplementationMakesThePublishedVectors() {
        assertThat(plain(2, 4, 0)).isEqualTo("a3817f04ba25a8e66df67214c7550293");
        assertThat(plain(2, 4, 1)).isEqualTo("da87c1d86b99af44347659119b22fc45");
        assertThat(plain(2, 4, 2)).isEqualTo("8177228da4a45dc7fca38bdef60affe4");
    }

    @Test
    void aFingerprintIsSipHashOfTheTokensBytes() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            long key0 = random.nextLong();
            long key1 = random.nextLong();
            SessionToken token = tokens.newToken();

            Fingerprint made = of(new TokenFingerprinter(key0, key1), token);

            byte[] bytes = token.value().getBytes(StandardCharsets.US_ASCII);
            assertThat(made).isEqualTo(PlainSipHash.of(1, 3, key0, key1, bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 15, 16, 43, 44, 47, 48, 60})
    void soItIsForEveryLength(int length) {
        String text = "x".repeat(length - 1) + "y";

        Fingerprint made = of(new TokenFingerprinter(1, 2), SessionToken.of(text));

        assertThat(made).isEqualTo(PlainSipHash.of(1, 3, 1, 2, text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void itIsOfTheBytesThatTheDigestIsOf() {
        TokenFingerprinter fingerprinter = new TokenFingerprinter();
        String token = tokens.newToken().value();
        String sameBytes =
                token.chars().mapToObj(c -> String.valueOf((char) (c | 0x100))).reduce("", String::concat);
        String header = "Bearer " + token + " ";

        Fingerprint made = of(fingerprinter, SessionToken.of(token));

        assertThat(of(fingerprinter, SessionToken.of(sameBytes))).isEqualTo(made);
        assertThat(of(fingerprinter, SessionToken.within(header, 7, header.length() - 1)))
                .isEqualTo(made);
        assertThat(Digests.of("/shop", SessionToken.of(sameBytes)))
                .isEqualTo(Digests.of("/shop", SessionToken.of(token)));
    }

    @Test
    void everyCharacterCounts() {
        TokenFingerprinter fingerprinter = new TokenFingerprinter();
        String token = tokens.newToken().value();
        Set<Fingerprint> made = new HashSet<>(Set.of(of(fingerprinter, SessionToken.of(token))));
        for (int i = 0; i < token.length(); i++) {
            StringBuilder other = new StringBuilder(token);
            other.setCharAt(i, '~');
            made.add(of(fingerprinter, SessionToken.of(other.toString())));
        }

        assertThat(made).hasSize(token.length() + 1);
    }

    @Test
    void eachHasAKeyOfItsOwn() {
        SessionToken token = tokens.newToken();

        assertThat(of(new TokenFingerprinter(), token)).isNotEqualTo(of(new TokenFingerprinter(), token));
    }

    private static @Nullable Fingerprint of(TokenFingerprinter fingerprinter, SessionToken token) {
        return fingerprinter.of(token, Fingerprint::new);
    }

    /** The vectors' key is the bytes 0 to 15, their input the first so many of these. */
    private static String plain(int perWord, int atEnd, int length) {
        byte[] input = new byte[length];
        for (int i = 0; i < length; i++) {
            input[i] = (byte) i;
        }
        Fingerprint made = PlainSipHash.of(perWord, atEnd, 0x0706050403020100L, 0x0f0e0d0c0b0a0908L, input);
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        return HexFormat.of()
                .formatHex(bytes.putLong(made.a()).putLong(made.b()).array());
    }
}

package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenDigesterTest {

    private static final String BODY = "A".repeat(42) + "Q";

    private final SessionToken token = Keyed.tokens("/shop").newToken();
    private final TokenDigester digester = new TokenDigester("/shop", "lks");

    /** As it has always been: sessions from before there were prefixes are found by it. */
    @Test
    void withoutAPrefixTheDigestIsSha256OfTheApplicationsSaltAndTheToken() throws Exception {
        assertThat(digester.digest(SessionToken.of(BODY))).isEqualTo(plain(bytes("/shop"), BODY));
        assertThat(new TokenDigester("/shop", "").digest(SessionToken.of(BODY))).isEqualTo(plain(bytes("/shop"), BODY));
    }

    @Test
    void withOneTheSaltIsOfThePrefixToo() throws Exception {
        byte[] salted = {(byte) 0xFF, 'l', 'k', 's', '_', (byte) 0xFF, '/', 's', 'h', 'o', 'p'};

        assertThat(digester.digest(SessionToken.of("lks_" + BODY))).isEqualTo(plain(salted, BODY));
    }

    @Test
    void everyPrefixHasADigestOfItsOwnWhicheverIsConfigured() {
        Set<TokenDigest> made = new HashSet<>();
        for (String prefix : new String[] {"", "lks", "lk", "lksx", "shop", "abcdefghijklmnop"}) {
            SessionToken presented = SessionToken.of(TokenFormat.beginning(prefix) + BODY);
            TokenDigest digest = digester.digest(presented);
            assertThat(new TokenDigester("/shop", prefix).digest(presented)).isEqualTo(digest);
            made.add(digest);
        }

        assertThat(made).hasSize(6);
    }

    @Test
    void everyCharacterCounts() {
        Set<TokenDigest> made = new HashSet<>(Set.of(digester.digest(token)));
        for (int i = 0; i < token.length(); i++) {
            StringBuilder other = new StringBuilder(token.value());
            other.setCharAt(i, '~');
            made.add(digester.digest(SessionToken.of(other.toString())));
        }

        assertThat(made).hasSize(token.length() + 1);
    }

    @Test
    void anotherApplicationsDigestDiffers() {
        assertThat(new TokenDigester("/other", "lks").digest(token)).isNotEqualTo(digester.digest(token));
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        TokenDigest expected = digester.digest(token);

        assertThat(IntStream.range(0, 20_000).parallel().mapToObj(i -> digester.digest(token)))
                .allMatch(expected::equals);
    }

    @Test
    void aTokenMasksItself() {
        assertThat(token.toString()).doesNotContain(token.value());
    }

    @Test
    void aDigestSurvivesItsBytes() {
        TokenDigest digest = digester.digest(token);

        assertThat(TokenDigest.of(digest.toBytes())).isEqualTo(digest);
        assertThat(digest.toHex()).hasSize(64);
    }

    private static TokenDigest plain(byte[] salted, String body) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(Arrays.copyOf(sha256.digest(salted), 12));
        input.write(bytes(body));
        return TokenDigest.of(sha256.digest(input.toByteArray()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

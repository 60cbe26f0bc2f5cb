package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenDigesterTest {

    private final TokenGenerator tokens = new TokenGenerator();
    private final TokenDigester digester = new TokenDigester("/shop");

    @Test
    void theDigestIsSha256OfTheSaltAndTheToken() throws Exception {
        SessionToken token = tokens.newToken();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(Arrays.copyOf(sha256.digest("/shop".getBytes(StandardCharsets.UTF_8)), 12));
        input.write(token.value().getBytes(StandardCharsets.US_ASCII));

        assertThat(digester.digest(token)).isEqualTo(TokenDigest.of(sha256.digest(input.toByteArray())));
    }

    @Test
    void anotherApplicationsDigestDiffers() {
        SessionToken token = tokens.newToken();

        assertThat(new TokenDigester("/other").digest(token)).isNotEqualTo(digester.digest(token));
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        SessionToken token = tokens.newToken();
        TokenDigest expected = digester.digest(token);

        assertThat(IntStream.range(0, 20_000).parallel().mapToObj(i -> digester.digest(token)))
                .allMatch(expected::equals);
    }

    @Test
    void tokensHave256BitsInBase64Url() {
        assertThat(tokens.newToken().value()).matches("[A-Za-z0-9_-]{43}");
        assertThat(tokens.newToken()).isNotEqualTo(tokens.newToken());
    }

    @Test
    void aTokenMasksItself() {
        SessionToken token = tokens.newToken();

        assertThat(token.toString()).doesNotContain(token.value());
    }

    @Test
    void aDigestSurvivesItsBytes() {
        TokenDigest digest = digester.digest(tokens.newToken());

        assertThat(TokenDigest.of(digest.toBytes())).isEqualTo(digest);
        assertThat(digest.toHex()).hasSize(64);
    }
}

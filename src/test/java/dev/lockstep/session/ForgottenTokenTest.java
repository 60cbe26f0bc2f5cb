package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.SessionToken;
import dev.lockstep.key.ApplicationKey;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for tokens in all that is reachable: our work areas, and what the JDK's digests keep. */
class ForgottenTokenTest {

    private static final ApplicationKey KEY = Keyed.key("/shop");

    private final TokenVerifier verifier = new TokenVerifier(KEY);
    private final TokenGenerator tokens = new TokenGenerator("lks", KEY);
    private final TokenDigester digester = new TokenDigester("/shop", "lks");

    @TempDir
    Path directory;

    @Test
    void nothingOfATokenIsLeftAfterItsTagAndItsDigest() throws IOException {
        byte[] kept = text(digested());
        List<byte[]> forgotten = masked(digested());

        HeapDump heap = HeapDump.take(directory.resolve("live.hprof"));

        assertThat(heap.holds(kept)).isTrue();
        assertThat(forgotten).noneMatch(each -> heap.holds(HeapDump.masked(each)));
    }

    /** All but the last letter of one with a slip there is known. */
    @Test
    void norOfOneThatCannotBeRead() throws IOException {
        List<byte[]> forgotten = masked(slipped());

        HeapDump heap = HeapDump.take(directory.resolve("live.hprof"));

        assertThat(forgotten).noneMatch(each -> heap.holds(HeapDump.masked(each)));
    }

    @Test
    void norOfOneWhoseTagOrDigestFailed() throws IOException {
        List<byte[]> ofTag;
        List<byte[]> ofDigest;
        TokenVerifier failingTag = new TokenVerifier(KEY);
        TokenDigester failingDigest;
        try (FailingCryptography failing = new FailingCryptography()) {
            failingDigest = new TokenDigester("/shop", "lks");
            failingTag.mayBeOurs(tokens.newToken());
            failingDigest.digest(tokens.newToken());
            ofTag = failed(failing, failingTag::mayBeOurs);
            ofDigest = failed(failing, failingDigest::digest);
        }

        HeapDump heap = HeapDump.take(directory.resolve("live.hprof"));

        assertThat(ofTag).noneMatch(each -> heap.holds(HeapDump.masked(each)));
        assertThat(ofDigest).noneMatch(each -> heap.holds(HeapDump.masked(each)));
        Reference.reachabilityFence(failingTag);
        Reference.reachabilityFence(failingDigest);
    }

    private List<byte[]> failed(FailingCryptography failing, Consumer<SessionToken> use) {
        SessionToken token = tokens.newToken();
        failing.fail();
        assertThatThrownBy(() -> use.accept(token)).hasMessage("a failure of a test");
        failing.recover();
        return masked(token);
    }

    private SessionToken digested() {
        SessionToken token = tokens.newToken();
        assertThat(verifier.mayBeOurs(token)).isTrue();
        digester.digest(token);
        return token;
    }

    private SessionToken slipped() {
        String issued = tokens.newToken().value();
        SessionToken token = SessionToken.of(issued.substring(0, issued.length() - 1) + ".");
        assertThat(verifier.isForged(token)).as("as far as this key tells").isFalse();
        return token;
    }

    private static byte[] text(SessionToken token) {
        return token.value().getBytes(StandardCharsets.US_ASCII);
    }

    /** The characters behind the prefix, and the bytes of the first forty of them. */
    private static List<byte[]> masked(SessionToken token) {
        byte[] text = text(token);
        byte[] body = Arrays.copyOfRange(text, text.length - TokenFormat.BODY_LENGTH, text.length);
        byte[] decoded = Base64.getUrlDecoder().decode(Arrays.copyOf(body, 40));
        return List.of(HeapDump.masked(body), HeapDump.masked(decoded));
    }
}

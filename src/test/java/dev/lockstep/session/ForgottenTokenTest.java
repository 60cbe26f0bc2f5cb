package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionToken;
import dev.lockstep.key.ApplicationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        byte[] kept = digested();
        byte[] forgotten = HeapDump.masked(digested());

        HeapDump heap = HeapDump.take(directory.resolve("live.hprof"));

        assertThat(heap.holds(kept)).isTrue();
        assertThat(heap.holds(HeapDump.masked(forgotten))).isFalse();
    }

    private byte[] digested() {
        SessionToken token = tokens.newToken();
        assertThat(verifier.mayBeOurs(token)).isTrue();
        digester.digest(token);
        return token.value().getBytes(StandardCharsets.US_ASCII);
    }
}

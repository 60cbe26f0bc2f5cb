package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for tokens in all that is reachable: our work areas, and what the JDK's SHA-256 keeps. */
class ForgottenTokenTest {

    private final TokenGenerator tokens = new TokenGenerator();
    private final TokenDigester digester = new TokenDigester("/shop");

    @TempDir
    Path directory;

    @Test
    void nothingOfATokenIsLeftAfterItsDigest() throws IOException {
        byte[] kept = digested();
        byte[] forgotten = HeapDump.masked(digested());

        HeapDump heap = HeapDump.take(directory.resolve("live.hprof"));

        assertThat(heap.holds(kept)).isTrue();
        assertThat(heap.holds(HeapDump.masked(forgotten))).isFalse();
    }

    private byte[] digested() {
        SessionToken token = tokens.newToken();
        digester.digest(token);
        return token.value().getBytes(StandardCharsets.US_ASCII);
    }
}

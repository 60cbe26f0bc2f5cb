package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.lockstep.SessionToken;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
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
        byte[] forgotten = masked(digested());

        ByteBuffer heap = heap();

        assertThat(holds(heap, kept)).isTrue();
        assertThat(holds(heap, masked(forgotten))).isFalse();
    }

    private byte[] digested() {
        SessionToken token = tokens.newToken();
        digester.digest(token);
        return token.value().getBytes(StandardCharsets.US_ASCII);
    }

    /** Turns bytes into others in place, and back. */
    private static byte[] masked(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 0x55;
        }
        return bytes;
    }

    /** All that is reachable now. */
    private ByteBuffer heap() throws IOException {
        Path dump = directory.resolve("live.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        try (FileChannel channel = FileChannel.open(dump)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size());
        }
    }

    private static boolean holds(ByteBuffer heap, byte[] bytes) {
        ByteBuffer wanted = ByteBuffer.wrap(bytes);
        for (int at = 0; at <= heap.limit() - bytes.length; at++) {
            if (heap.get(at) == bytes[0] && heap.slice(at, bytes.length).equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}

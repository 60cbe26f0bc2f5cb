package dev.lockstep.session;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** All that is reachable in this JVM, as bytes. What is looked for must not be reachable itself. */
final class HeapDump {

    private static final byte MASK = 0x55;

    private final ByteBuffer bytes;

    private HeapDump(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Takes one now. */
    static HeapDump take(Path file) throws IOException {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        try (FileChannel channel = FileChannel.open(file)) {
            return new HeapDump(channel.map(MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    /** Turns bytes into others in place, and back. */
    static byte[] masked(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= MASK;
        }
        return bytes;
    }

    /** Whether these bytes are anywhere in it, one after the other. */
    boolean holds(byte[] wanted) {
        ByteBuffer sought = ByteBuffer.wrap(wanted);
        for (int at = 0; at <= bytes.limit() - wanted.length; at++) {
            if (bytes.get(at) == wanted[0] && bytes.slice(at, wanted.length).equals(sought)) {
                return true;
            }
        }
        return false;
    }
}

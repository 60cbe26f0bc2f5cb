package dev.lockstep.chaos.node;

import dev.lockstep.TokenDigest;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every copy that was ever put into a cache, by any node, before or after any restart: kept sealed,
 * in files that all nodes share, and brought back on request. Bounded by the number of digests; of
 * each, the first copy and the last few. Thread-safe.
 */
final class Graveyard {

    private static final int DIGESTS = 20_000;
    private static final int COPIES = 4;
    private static final long REREAD_NANOS = 200_000_000;

    private final Path directory;
    private final DataOutputStream own;
    private final Map<TokenDigest, List<byte[]>> copies = new LinkedHashMap<>();
    private final Map<Path, Long> read = new HashMap<>();
    private long readAt = System.nanoTime() - REREAD_NANOS;

    Graveyard(Path directory, String node) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(node + "-" + ProcessHandle.current().pid());
            own = new DataOutputStream(new BufferedOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void bury(TokenDigest digest, byte[] copy) {
        try {
            own.write(digest.toBytes());
            own.writeInt(copy.length);
            own.write(copy);
            own.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Any copy of this digest, or null if there never was one. */
    synchronized byte @Nullable [] digUp(TokenDigest digest) {
        if (System.nanoTime() - readAt >= REREAD_NANOS) {
            readAll();
            readAt = System.nanoTime();
        }
        List<byte[]> found = copies.get(digest);
        return found == null ? null : found.get(ThreadLocalRandom.current().nextInt(found.size()));
    }

    private void readAll() {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                readFrom(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readFrom(Path file) throws IOException {
        long from = read.getOrDefault(file, 0L);
        try (FileChannel channel = FileChannel.open(file)) {
            int length = (int) (channel.size() - from);
            InputStream in = Channels.newInputStream(channel.position(from));
            byte[] news = in.readNBytes(length);
            read.put(file, from + take(news));
        }
    }

    /**
     * Returns how many bytes were whole copies; another node may be about to write the rest of the
     * last one.
     */
    private int take(byte[] bytes) throws IOException {
        int taken = 0;
        try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(bytes))) {
            while (true) {
                byte[] digest = new byte[TokenDigest.LENGTH];
                in.readFully(digest);
                byte[] copy = new byte[in.readInt()];
                in.readFully(copy);
                keep(TokenDigest.of(digest), copy);
                taken = bytes.length - in.available();
            }
        } catch (EOFException e) {
            return taken;
        }
    }

    private void keep(TokenDigest digest, byte[] copy) {
        List<byte[]> known = copies.computeIfAbsent(digest, first -> new ArrayList<>(1));
        if (known.size() == COPIES) {
            known.remove(1);
        }
        known.add(copy);
        if (copies.size() > DIGESTS) {
            copies.remove(copies.keySet().iterator().next());
        }
    }
}

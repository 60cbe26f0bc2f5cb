package dev.lockstep.cache.sharedmemory.lmdb;

import dev.lockstep.TokenDigest;
import dev.lockstep.cache.jvm.ChildJvm;
import dev.lockstep.spi.NodeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/**
 * Another process at the file itself, worked by lines on its input: it reads and writes behind the
 * caches' backs, and holds transactions open.
 */
public final class LmdbNode {

    private static final HexFormat HEX = HexFormat.of();

    private final LmdbEnvironment environment;
    private final Env<NativeBytes> env;
    private Txn<NativeBytes> held;

    private LmdbNode(LmdbEnvironment environment, Env<NativeBytes> env) {
        this.environment = environment;
        this.env = env;
    }

    /**
     * @param arguments the folder, the application, the size, and what to open: "environment" or
     *     "env"
     */
    public static void main(String... arguments) throws Exception {
        long size = Long.parseLong(arguments[2]);
        LmdbFile file = new LmdbFile(Path.of(arguments[0]), arguments[1], size);
        file.prepare();
        LmdbNode node = arguments[3].equals("environment")
                ? new LmdbNode(LmdbEnvironment.open(file, file.identity(), size, 1_000_000), null)
                : new LmdbNode(null, env(file, size));
        ChildJvm.serve(node::answer);
        System.exit(0);
    }

    private static Env<NativeBytes> env(LmdbFile file, long size) {
        return Env.create(new NativeBytesProxy())
                .setMapSize(size)
                .setMaxDbs(2)
                .open(file.path().toFile(), 0600, EnvFlags.MDB_NOSUBDIR, EnvFlags.MDB_NOSYNC, EnvFlags.MDB_NOTLS);
    }

    private String answer(String[] words) {
        switch (words[0]) {
            case "plant" -> plant(TokenDigest.of(HEX.parseHex(words[1])), HEX.parseHex(words[2]));
            case "raw" -> {
                return raw(TokenDigest.of(HEX.parseHex(words[1])));
            }
            case "entries" -> {
                return String.valueOf(environment.entries());
            }
            case "hold-write" -> held = env.txnWrite();
            case "hold-read" -> held = env.txnRead();
            case "let-go" -> held.close();
            default -> {
                return "failed: unknown";
            }
        }
        return "done";
    }

    /** What was planted, or was kept by a cache, without what is in front of it. */
    private String raw(TokenDigest digest) {
        byte[] entry = environment.get(digest);
        return entry == null ? "nothing" : HEX.formatHex(entry, LmdbEntry.COPY, entry.length);
    }

    private void plant(TokenDigest digest, byte[] payload) {
        byte[] entry = LmdbEntry.encode(payload, Duration.ofHours(1), NodeClock.SYSTEM);
        environment.write(Map.of(digest, entry));
    }
}

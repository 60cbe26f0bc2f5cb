package dev.lockstep.cache.sharedmemory;

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
 * Another process at the file itself, worked by lines on its input: it reads and writes behind the caches' backs, and
 * holds transactions open.
 */
final class RegionNode {

    private static final HexFormat HEX = HexFormat.of();

    private final Region region;
    private final Env<Bytes> env;
    private Txn<Bytes> held;

    private RegionNode(Region region, Env<Bytes> env) {
        this.region = region;
        this.env = env;
    }

    /** @param arguments the folder, the application, the size, and what to open: "region" or "env" */
    public static void main(String... arguments) throws Exception {
        long size = Long.parseLong(arguments[2]);
        RegionFile file = new RegionFile(Path.of(arguments[0]), arguments[1], size);
        file.prepare();
        RegionNode node = arguments[3].equals("region")
                ? new RegionNode(Region.open(file, file.identity(), size, 1_000_000), null)
                : new RegionNode(null, env(file, size));
        ChildJvm.serve(node::answer);
        System.exit(0);
    }

    private static Env<Bytes> env(RegionFile file, long size) {
        return Env.create(new BytesProxy())
                .setMapSize(size)
                .setMaxDbs(2)
                .open(file.path().toFile(), 0600, EnvFlags.MDB_NOSUBDIR, EnvFlags.MDB_NOSYNC, EnvFlags.MDB_NOTLS);
    }

    private String answer(String[] words) {
        switch (words[0]) {
            case "plant" -> plant(TokenDigest.of(HEX.parseHex(words[1])), HEX.parseHex(words[2]));
            case "holds" -> {
                return String.valueOf(region.get(TokenDigest.of(HEX.parseHex(words[1]))) != null);
            }
            case "entries" -> {
                return String.valueOf(region.entries());
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

    private void plant(TokenDigest digest, byte[] payload) {
        byte[] entry = Entry.encode(payload, Duration.ofHours(1), NodeClock.SYSTEM);
        region.write(Map.of(digest, new PendingWrite(entry)));
    }
}

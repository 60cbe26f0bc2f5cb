package dev.lockstep.bench.jmh;

import dev.lockstep.SessionCache;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.ContractContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/**
 * LMDB: one reading transaction, renewed for each get, on a file of its own with the same bytes.
 */
final class LmdbComparison implements Comparison {

    private static final long SIZE = 64 << 20;

    private final Path folder = Files.createTempDirectory("lmdb");
    private final Env<byte[]> env;
    private final Dbi<byte[]> copies;
    private final Txn<byte[]> reader;

    LmdbComparison() throws IOException {
        Path file = Files.createDirectory(folder.resolve("raw"));
        env = Env.create(ByteArrayProxy.PROXY_BA)
                .setMapSize(SIZE)
                .open(file.toFile(), EnvFlags.MDB_NOSYNC, EnvFlags.MDB_NOTLS);
        copies = env.openDbi("copies".getBytes(), DbiFlags.MDB_CREATE);
        reader = env.txnRead();
        reader.reset();
    }

    @Override
    public SessionCache cache(ContractContext context) {
        return Comparison.cache(
                "shared-memory", Map.of("path", folder.resolve("ours").toString(), "max-size", "64M"), context);
    }

    @Override
    public void plant(TokenDigest digest, byte[] bytes) {
        copies.put(digest.toBytes(), bytes);
    }

    @Override
    public byte[] get(TokenDigest digest) {
        reader.renew();
        try {
            return copies.get(reader, digest.toBytes());
        } finally {
            reader.reset();
        }
    }

    @Override
    public void close() {
        reader.close();
        env.close();
    }
}

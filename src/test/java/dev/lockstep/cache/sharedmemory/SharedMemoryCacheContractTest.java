package dev.lockstep.cache.sharedmemory;

import dev.lockstep.TokenDigest;
import dev.lockstep.cache.jvm.ChildJvm;
import dev.lockstep.cache.jvm.RemoteCache;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbNode;
import dev.lockstep.contract.SharedCacheContract;
import dev.lockstep.spi.SessionCacheProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.lmdbjava.Meta;

/**
 * The second node is another JVM, as one can't open the file twice; a third one looks behind the
 * cache's back.
 */
class SharedMemoryCacheContractTest extends SharedCacheContract {

    private static final String SIZE = "16m";

    @TempDir
    static Path folder;

    private RemoteCache remote;
    private ChildJvm behind;

    @Override
    protected SessionCacheProvider provider() {
        return new SharedMemoryCacheProvider();
    }

    @Override
    protected String backend() {
        Meta.Version version = Meta.version();
        return "LMDB " + version.major + "." + version.minor + "." + version.patch;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("path", folder.toString(), "max-size", SIZE);
    }

    @Override
    protected boolean expiresByOurClock() {
        return false;
    }

    @Override
    protected void openMore() {
        other = open("/contract2");
        remote = RemoteCache.start("shared-memory", application(), settings());
        second = remote;
        String bytes = String.valueOf(Sizes.parse(SIZE).orElseThrow());
        behind = ChildJvm.start(LmdbNode.class, List.of(folder.toString(), application(), bytes, "environment"));
    }

    @AfterAll
    void endTheOthers() {
        remote.close();
        behind.close();
    }

    @Override
    protected void plant(String application, TokenDigest digest, byte[] value) {
        behind.ask("plant " + digest.toHex() + " " + HexFormat.of().formatHex(value));
    }

    @Override
    protected byte @Nullable [] raw(String application, TokenDigest digest) {
        String answer = behind.ask("raw " + digest.toHex());
        return answer.equals("nothing") ? null : HexFormat.of().parseHex(answer);
    }

    @Override
    protected long brought() {
        return allocatedByThisThread();
    }

    @Override
    protected List<byte[]> everything(String application) throws IOException {
        return wholeFiles(folder);
    }
}

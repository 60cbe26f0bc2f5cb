package dev.lockstep.cache.sharedmemory;

import dev.lockstep.cache.jvm.ChildJvm;
import dev.lockstep.cache.jvm.RemoteCache;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbFile;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbNode;
import dev.lockstep.contract.OpenedCaches;
import dev.lockstep.spi.NodeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The nodes of a test, in this JVM and in others, all on one folder; all are ended together. */
final class OneFolderCaches implements AutoCloseable {

    private static final String APPLICATION = "/shop.web";
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final Path folder;
    private final String size;
    private final OpenedCaches opened = new OpenedCaches(new SharedMemoryCacheProvider(), APPLICATION);

    OneFolderCaches(Path folder, String size) {
        this.folder = folder;
        this.size = size;
    }

    SharedMemoryCache here() {
        return here(100_000);
    }

    SharedMemoryCache here(long maxEntries) {
        return (SharedMemoryCache)
                opened.open(settings(), opened.context().withTimeout(TIMEOUT).withMaxEntries(maxEntries));
    }

    SharedMemoryCache here(NodeClock clock) {
        return (SharedMemoryCache)
                opened.open(settings(), opened.context().withTimeout(TIMEOUT).withClock(clock));
    }

    RemoteCache elsewhere() {
        return opened.keep(RemoteCache.start("shared-memory", APPLICATION, settings()));
    }

    /**
     * Another process at the file: as a cache has it open ("environment"), or without any reader
     * ("env").
     */
    ChildJvm behind(String how) {
        return opened.keep(
                ChildJvm.start(LmdbNode.class, List.of(folder.toString(), APPLICATION, String.valueOf(bytes()), how)));
    }

    LmdbFile file() {
        return new LmdbFile(folder, APPLICATION, bytes());
    }

    /** What identifies the file; held open, so that the system gives no other file its number. */
    Object heldIdentity() throws IOException {
        opened.keep(Files.newInputStream(file().path()));
        return file().identity();
    }

    Map<String, String> settings() {
        return Map.of("path", folder.toString(), "max-size", size);
    }

    private long bytes() {
        return Sizes.parse(size).orElseThrow();
    }

    @Override
    public void close() throws Exception {
        opened.close();
    }
}

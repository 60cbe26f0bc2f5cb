package dev.lockstep.cache.sharedmemory;

import dev.lockstep.cache.jvm.ChildJvm;
import dev.lockstep.cache.jvm.RemoteCache;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.spi.NodeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The nodes of a test, in this JVM and in others, all on one folder; all are ended together. */
final class Caches implements AutoCloseable {

    private static final String APPLICATION = "/shop.web";
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final Path folder;
    private final String size;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final List<AutoCloseable> opened = new ArrayList<>();

    Caches(Path folder, String size) {
        this.folder = folder;
        this.size = size;
    }

    SharedMemoryCache here() {
        return here(100_000);
    }

    SharedMemoryCache here(long maxEntries) {
        ContractContext context = ContractContext.of(APPLICATION, scheduler, NodeClock.SYSTEM)
                .withTimeout(TIMEOUT)
                .withMaxEntries(maxEntries);
        return keep((SharedMemoryCache) new SharedMemoryCacheProvider()
                .configure(new MapSettings(settings()))
                .open(context));
    }

    RemoteCache elsewhere() {
        return keep(RemoteCache.start("shared-memory", APPLICATION, settings()));
    }

    /** Another process at the file: as a cache has it open ("region"), or without any reader ("env"). */
    ChildJvm behind(String how) {
        return keep(ChildJvm.start(
                RegionNode.class, List.of(folder.toString(), APPLICATION, String.valueOf(bytes()), how)));
    }

    RegionFile file() {
        return new RegionFile(folder, APPLICATION, bytes());
    }

    /** What identifies the file; held open, so that the system gives no other file its number. */
    Object heldIdentity() throws IOException {
        keep(Files.newInputStream(file().path()));
        return file().identity();
    }

    Map<String, String> settings() {
        return Map.of("path", folder.toString(), "max-size", size);
    }

    private long bytes() {
        return Sizes.parse(size).orElseThrow();
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        opened.add(0, closeable);
        return closeable;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        scheduler.shutdownNow();
    }
}

package dev.lockstep.cache.sharedmemory;

import dev.lockstep.cache.wire.WireFormat;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.SessionCacheProvider;
import dev.lockstep.spi.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code lockstep.cache=shared-memory}: memory that the JVMs of one machine share. Settings, under
 * {@code lockstep.shared-memory.}: {@code path} (a folder), {@code max-size}.
 */
public final class SharedMemoryCacheProvider implements SessionCacheProvider {

    private static final Driver LMDB = new Driver("org.lmdbjava.Env", "org.lmdbjava:lmdbjava:0.9.1");
    private static final long DEFAULT_SIZE = 128L << 20;
    private static final long LEAST = 1L << 20;
    private static final long MOST = 1L << 40;

    @Override
    public String name() {
        return "shared-memory";
    }

    @Override
    public Set<String> settings() {
        return Set.of("path", "max-size");
    }

    @Override
    public List<Driver> drivers() {
        return List.of(LMDB, WireFormat.LIBRARY);
    }

    @Override
    public CacheFactory configure(Settings settings) {
        SharedMemorySettings read = new SharedMemorySettings(folder(settings), maxBytes(settings));
        return context -> SharedMemoryCache.open(read, context);
    }

    private static Path folder(Settings settings) {
        Optional<String> path = settings.text("path");
        try {
            return path.map(Path::of).orElseGet(DefaultFolder::find).toAbsolutePath();
        } catch (InvalidPathException e) {
            settings.problem("path", path.orElse(""), "the path of a folder");
            return DefaultFolder.find();
        }
    }

    private static long maxBytes(Settings settings) {
        Optional<String> text = settings.text("max-size");
        if (text.isEmpty()) {
            return DEFAULT_SIZE;
        }
        Optional<Long> size = Sizes.parse(text.get()).filter(bytes -> bytes >= LEAST && bytes <= MOST);
        if (size.isEmpty()) {
            settings.problem("max-size", text.get(), "a size from 1m to 1024g, such as 64m, 1g");
        }
        return size.orElse(DEFAULT_SIZE);
    }
}

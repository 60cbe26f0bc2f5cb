package dev.lockstep.cache.sharedmemory;

import dev.lockstep.spi.Setting;
import dev.lockstep.spi.Settings;
import dev.lockstep.spi.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the memory is.
 *
 * @param folder where its files lie
 * @param maxBytes how large one may become
 */
record SharedMemorySettings(Path folder, long maxBytes) {

    /**
     * From room for some thousand copies to far more than a machine has: what lies beyond is a
     * wrong unit.
     */
    private static final long MIN_BYTES = 1L << 20;

    private static final long MAX_BYTES = 1L << 40;

    static final Setting<Optional<Path>> PATH = Setting.optional(
                    "path",
                    Values.parsed("the path of a folder", Path::of),
                    "the folder of the files, on a local file system, better one in memory; made if it is absent")
            .whereUnset("`/dev/shm/lockstep-UID`, the user by number");

    static final Setting<Long> MAX_SIZE = Setting.of(
            "max-size",
            Values.parsed("a size from 1m to 1024g, such as 64m, 1g", SharedMemorySettings::size),
            "128m",
            "how large the file of an application may become");

    static final List<Setting<?>> SETTINGS = List.of(PATH, MAX_SIZE);

    static SharedMemorySettings read(Settings settings) {
        return new SharedMemorySettings(
                settings.get(PATH).orElseGet(DefaultFolder::find).toAbsolutePath(), settings.get(MAX_SIZE));
    }

    private static long size(String text) {
        return Sizes.parse(text)
                .filter(bytes -> bytes >= MIN_BYTES && bytes <= MAX_BYTES)
                .orElseThrow(() -> new IllegalArgumentException("no size, or too small or too large"));
    }
}

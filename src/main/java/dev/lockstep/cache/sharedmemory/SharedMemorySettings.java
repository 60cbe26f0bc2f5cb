package dev.lockstep.cache.sharedmemory;

import java.nio.file.Path;

/**
 * Where the memory is.
 *
 * @param folder where its files lie
 * @param maxBytes how large one may become
 */
record SharedMemorySettings(Path folder, long maxBytes) {}

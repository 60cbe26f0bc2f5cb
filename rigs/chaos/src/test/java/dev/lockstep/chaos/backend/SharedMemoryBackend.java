package dev.lockstep.chaos.backend;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A folder that the nodes share; nodes that are killed or stopped in it harm it most. Somebody may
 * delete its files.
 */
record SharedMemoryBackend(Path folder) implements Backend {

    @Override
    public Map<String, String> settings(int node) {
        return Map.of("path", folder.resolve("shared").toString(), "max-size", "16m");
    }

    @Override
    public List<Harm> harms() {
        return List.of(Harm.atOnce("cache-flush", this::delete));
    }

    @Override
    public void close() {}

    private void delete() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("shared"))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}

package dev.lockstep.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Whether there is room for the tables of so many sessions. */
final class DiskSpace {

    /** A row with its indexes, and what is written beside it while indexes grow. */
    private static final long BYTES_PER_SESSION = 1_200;

    /** The write-ahead log. */
    private static final long BYTES_BESIDE = 10_000_000_000L;

    private DiskSpace() {}

    /** @throws IllegalStateException if it has less room than they take */
    static void require(Path directory, long sessions) throws IOException {
        require(directory, sessions, Files.getFileStore(directory).getUsableSpace());
    }

    static void require(Path directory, long sessions, long free) {
        long needed = sessions * BYTES_PER_SESSION + BYTES_BESIDE;
        if (free < needed) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "%,d sessions take up to %d GB in %s, where %d GB are free. Free some, or measure fewer:"
                            + " -Dscale.max=%d",
                    sessions,
                    needed / 1_000_000_000 + 1,
                    directory.toAbsolutePath(),
                    free / 1_000_000_000,
                    sessions / 10));
        }
    }
}

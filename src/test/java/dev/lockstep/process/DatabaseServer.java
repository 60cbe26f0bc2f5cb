package dev.lockstep.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;

/** A database server. For one thread at a time. */
public abstract class DatabaseServer extends ServerProcess {

    private final boolean deleted;

    /**
     * @param folder where it may write, and may find the files of an earlier one
     * @param deleted whether the folder is deleted when it is closed
     */
    DatabaseServer(Path folder, boolean deleted) throws IOException {
        super(folder);
        this.deleted = deleted;
    }

    /** A folder for a server whose files are deleted when it is closed. */
    static Path newFolder(String name) throws IOException {
        return Files.createTempDirectory(Path.of("target"), name).toAbsolutePath();
    }

    /** Where its files are. */
    public final Path data() {
        return folder().resolve("data");
    }

    /** Connections to a database that is there from the beginning, without a pool. */
    public abstract DataSource dataSource();

    /** Ends it as an administrator does: connections end, and everything is written. */
    public abstract void shutDown();

    /** Starts it again with the files that it left, and waits until it can be connected to. */
    public final void restart() throws IOException {
        start();
        awaitListening();
    }

    @Override
    public void close() {
        kill();
        super.close();
        if (deleted) {
            try {
                Directories.delete(folder());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

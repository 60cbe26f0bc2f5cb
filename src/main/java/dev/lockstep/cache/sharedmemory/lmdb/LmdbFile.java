package dev.lockstep.cache.sharedmemory.lmdb;

import dev.lockstep.cache.file.PrivateFiles;
import dev.lockstep.cache.file.UnsafeFileException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of an application's copies, and LMDB's lock file beside it.
 *
 * <p>Its name holds all that JVMs must have in common to share it, so that those that don't have it
 * don't meet: the application, the version of the layout, the size (LMDB must map the same
 * everywhere), the machine's boot (a file that was not written to the disk is not to be trusted
 * after a crash) and the PID namespace (LMDB tells the living from the dead by their process
 * number: two containers that share the folder would take each other for themselves).
 *
 * <p>LMDB must not open a file twice in one JVM: closing one handle would release the locks of the
 * other. As each web application has its own class loader, and so its own LMDB, the JVM's system
 * properties keep who has a file open.
 *
 * <p>Immutable; used by one thread at a time.
 */
public final class LmdbFile {

    private static final String LAYOUT = ".v1";
    private static final String SUFFIX = ".mdb";
    private static final String LOCK = "-lock";
    private static final String CLAIM = "dev.lockstep.shared-memory:";
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    private final Path folder;
    private final String stem;
    private final Path data;

    public LmdbFile(Path folder, String application, long maxBytes) {
        this.folder = folder;
        this.stem = encoded(application) + LAYOUT;
        this.data = folder.resolve(stem + "." + maxBytes + "." + boot() + "." + namespace() + SUFFIX);
    }

    public Path path() {
        return data;
    }

    /** Makes the files if they are absent, and checks them and their folder. */
    public void prepare() throws IOException, UnsafeFileException {
        PrivateFiles.prepare(data);
        PrivateFiles.prepare(lockOf(data));
    }

    /** Claims the file for this class loader; false where another one of this JVM has it. */
    public boolean claim() {
        return System.getProperties().putIfAbsent(claimOn(data), "open") == null;
    }

    public void release() {
        System.getProperties().remove(claimOn(data));
    }

    /** What identifies the file itself, whatever its name; null where it is gone. */
    @Nullable
    public Object identity() throws IOException {
        try {
            return Objects.requireNonNull(
                    Files.readAttributes(data, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Bytes that the file may still grow by, where it lies. */
    long room() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    long size() throws IOException {
        return Files.size(data);
    }

    /**
     * Makes it at least so long, without taking any room: what was cut off reads as zeros, which
     * LMDB refuses.
     */
    void extend(long bytes) {
        try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
            if (file.length() < bytes) {
                file.setLength(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Deletes the files, which nobody may be using.
     *
     * @throws IOException if somebody is
     */
    void deleteUnused() throws IOException {
        if (!deleteUnused(data)) {
            throw new IOException("its file is damaged, and another process uses it");
        }
    }

    /** Deletes the files: those who have them open notice that, and start with new ones. */
    public void delete() throws IOException {
        Files.deleteIfExists(data);
        Files.deleteIfExists(lockOf(data));
    }

    /**
     * Deletes the files that this application left behind, of another size or before a reboot, and
     * nobody uses now.
     */
    void deleteLeftovers() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, this::isLeftover)) {
            for (Path file : files) {
                deleteUnused(file);
            }
        }
    }

    private boolean isLeftover(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(stem + ".") && name.endsWith(SUFFIX) && !file.equals(data) && !isClaimed(file);
    }

    private static boolean isClaimed(Path file) {
        return System.getProperties().containsKey(claimOn(file));
    }

    /**
     * A process that uses a file holds a lock on the first byte of its lock file, and the system
     * releases the lock when that process dies.
     */
    private static boolean deleteUnused(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(lockOf(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock(0, 1, false)) {
            if (lock != null) {
                Files.deleteIfExists(file);
                Files.deleteIfExists(lockOf(file));
            }
            return lock != null;
        }
    }

    private static String claimOn(Path file) {
        return CLAIM + file;
    }

    private static Path lockOf(Path file) {
        return file.resolveSibling(file.getFileName() + LOCK);
    }

    /** Without dots and slashes, so that no application's stem is the beginning of another's. */
    private static String encoded(String application) {
        return "app-" + application.replace(".", "%2E").replace("/", "%2F");
    }

    private static String boot() {
        try {
            return Files.readString(BOOT).strip().substring(0, 8);
        } catch (IOException | RuntimeException e) {
            return "0";
        }
    }

    private static String namespace() {
        try {
            return Files.readSymbolicLink(NAMESPACE).toString().replaceAll("\\D", "");
        } catch (IOException | RuntimeException e) {
            return "0";
        }
    }

    @Override
    public String toString() {
        return data.toString();
    }
}

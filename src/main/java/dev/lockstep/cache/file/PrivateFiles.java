package dev.lockstep.cache.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks files that only this process's user may write. Whoever can write a cache's file
 * can forge a session, and whoever can replace it can do the same.
 *
 * <ul>
 *   <li>What is absent is made: folders with mode 0700, files with mode 0600.
 *   <li>A file, and the folder it lies in, must belong to this process's user, be no symbolic link,
 *       and be writable by neither group nor others.
 *   <li>A folder above may be writable by others only if it is sticky, as {@code /tmp} is: then
 *       they can't replace what isn't theirs.
 * </ul>
 *
 * <p>After that, only this user and root can change what the checks saw, so that the time between a
 * check and a use is nothing to attack. Access control lists beyond the mode are not looked at.
 * Stateless.
 */
public final class PrivateFiles {

    private static final FileAttribute<?> FOLDER_MODE = mode("rwx------");
    private static final FileAttribute<?> FILE_MODE = mode("rw-------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final int WRITABLE_BY_OTHERS = 0002;
    private static final int STICKY = 01000;

    private PrivateFiles() {}

    /**
     * Makes the folder and the file if they are absent, and checks both.
     *
     * @throws UnsafeFileException if one of them cannot be trusted
     * @throws IOException if one of them can be neither made nor read
     */
    public static void prepare(Path file) throws IOException, UnsafeFileException {
        prepareFolder(parent(file));
        try {
            Files.createFile(file, FILE_MODE);
        } catch (FileAlreadyExistsException e) {
            checkFile(file);
        }
    }

    /**
     * Makes the folder if it is absent, and checks it and those above.
     *
     * @throws UnsafeFileException if one of them cannot be trusted
     * @throws IOException if it can be neither made nor used
     */
    public static void prepareFolder(Path folder) throws IOException, UnsafeFileException {
        checkAbove(folder);
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder, FOLDER_MODE);
        }
        checkKind(folder, Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS), "a folder");
        checkMode(folder);
        checkOwner(folder, self(folder));
    }

    /**
     * Checks a file that exists, and the folder it lies in.
     *
     * @throws UnsafeFileException if one of them cannot be trusted
     * @throws IOException if one of them can't be read
     */
    public static void check(Path file) throws IOException, UnsafeFileException {
        prepareFolder(parent(file));
        checkFile(file);
    }

    private static void checkFile(Path file) throws IOException, UnsafeFileException {
        checkKind(file, Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), "a file");
        checkMode(file);
        checkOwner(file, self(parent(file)));
    }

    private static void checkKind(Path path, boolean isOfItsKind, String kind) throws UnsafeFileException {
        if (!isOfItsKind) {
            throw new UnsafeFileException(path + " is not " + kind + "; symbolic links are not followed");
        }
    }

    private static void checkOwner(Path path, int self) throws IOException, UnsafeFileException {
        int owner = owner(path);
        if (owner != self) {
            throw new UnsafeFileException(path + " belongs to another user (" + owner + ", this process runs as " + self
                    + "); remove it, or choose another path");
        }
    }

    private static void checkMode(Path path) throws IOException, UnsafeFileException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (OTHERS_WRITE.stream().anyMatch(mode::contains)) {
            throw new UnsafeFileException(path + " can be written by others (" + PosixFilePermissions.toString(mode)
                    + "); find out by whom, remove it or chmod go-w it");
        }
    }

    private static void checkAbove(Path folder) throws IOException, UnsafeFileException {
        for (Path above = folder.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            int mode = Files.exists(above) ? (int) Files.getAttribute(above, "unix:mode") : 0;
            if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
                throw new UnsafeFileException(
                        above + " can be written by others, who could replace " + folder + "; chmod o-w it");
            }
        }
    }

    /**
     * This process's user: the owner of a file that it makes, in a folder that was found unwritable
     * by others.
     */
    private static int self(Path folder) throws IOException, UnsafeFileException {
        Path probe = probe(folder);
        try {
            return owner(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static Path probe(Path folder) throws IOException, UnsafeFileException {
        try {
            return Files.createTempFile(folder, ".owner", null);
        } catch (AccessDeniedException e) {
            throw new UnsafeFileException(
                    folder + " belongs to another user: this process can't write it; choose another path");
        }
    }

    private static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static Path parent(Path file) {
        @Nullable Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}

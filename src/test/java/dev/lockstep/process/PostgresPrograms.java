package dev.lockstep.process;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL of the class path (zonky's), unpacked once for all tests of a build. Thread-safe.
 */
public final class PostgresPrograms {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path HOME = Path.of("target", "postgres").toAbsolutePath();
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final Set<PosixFilePermission> EXECUTABLE = EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_EXECUTE);

    private PostgresPrograms() {}

    /** The beginning of a command. */
    public static List<String> command(String program) throws IOException {
        return asNobody(home().resolve("bin").resolve(program).toString());
    }

    /**
     * The beginning of a command whose program refuses to be run by root: then it runs as nobody,
     * in a user namespace.
     */
    public static List<String> asNobody(String program) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(program);
        return command;
    }

    /**
     * Makes the files of an empty database, whose superuser postgres needs no password: copies of
     * those that {@code initdb} has made for the first of a build.
     *
     * @param data a directory that is not there yet
     * @param options of {@code initdb}
     */
    public static void initialize(Path data, String... options) throws IOException {
        Path empty = HOME.resolveSibling("postgres-empty" + String.join("", options));
        Directories.makeOnce(empty, unfinished -> Program.require(PATIENCE, initdb(unfinished, options)));
        Files.createDirectories(data.toAbsolutePath().getParent());
        Directories.copy(empty, data);
    }

    private static List<String> initdb(Path data, String... options) throws IOException {
        List<String> command = command("initdb");
        command.addAll(List.of("-A", "trust", "-U", "postgres", "-E", "UTF-8", "--no-sync", "-D", data.toString()));
        command.addAll(List.of(options));
        return command;
    }

    private static Path home() throws IOException {
        Directories.makeOnce(HOME, PostgresPrograms::extract);
        return HOME;
    }

    private static void extract(Path to) throws IOException {
        try (InputStream archive = PostgresPrograms.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new IOException("no PostgreSQL binaries for this platform on the class path: " + ARCHIVE);
            }
            TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, to.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            if ((entry.getMode() & 0100) != 0) {
                Files.setPosixFilePermissions(file, EXECUTABLE);
            }
        }
    }
}

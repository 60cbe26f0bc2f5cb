package dev.lockstep.demo.launcher;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where the demo finds what the build made, and where it writes.
 *
 * @param directory where it writes: {@code target}
 * @param launcherClasses the classes of this package, and no library
 * @param payara Payara Micro's jar
 * @param war the demo application
 * @param server {@code server}, the configuration of a node
 */
record Installation(Path directory, Path launcherClasses, Path payara, Path war, Path server) {

    static Installation of(String directory, String launcherClasses, String payara, String war, String server) {
        return new Installation(
                Path.of(directory), Path.of(launcherClasses), Path.of(payara), Path.of(war), Path.of(server));
    }

    Path log(String node) {
        return directory.resolve("node-" + node.toLowerCase(Locale.ROOT) + ".log");
    }

    /** What lives only while the demo runs: the unpacked servers and the database. */
    Path scratch() {
        return directory.resolve("run");
    }

    /**
     * Keeps a second demo out of this directory until what is returned is closed, or this JVM ends.
     *
     * @throws DemoFailed if there is one already
     */
    AutoCloseable lock() throws IOException {
        Files.createDirectories(directory);
        FileChannel file = FileChannel.open(directory.resolve("lock"), CREATE, WRITE);
        if (file.tryLock() == null) {
            file.close();
            throw new DemoFailed("another demo is running from " + directory);
        }
        return file;
    }

    void clear() {
        if (Files.exists(scratch())) {
            filesDeepestFirst().forEach(Installation::delete);
        }
    }

    private List<Path> filesDeepestFirst() {
        try (Stream<Path> files = Files.walk(scratch())) {
            return files.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.lockstep.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whole directories. */
public final class Directories {

    /** Puts files into a directory. */
    @FunctionalInterface
    interface Filling {
        void into(Path directory) throws IOException, InterruptedException;
    }

    private Directories() {}

    /** Makes one that is not there; the first JVM does, and others wait for it. */
    static synchronized void makeOnce(Path directory, Filling filling) throws IOException {
        Path parent = Files.createDirectories(directory.getParent());
        Path turn = parent.resolve(directory.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (Files.notExists(directory)) {
                Path filled = Files.createTempDirectory(parent, "unpacked");
                filling.into(filled);
                Files.move(filled, directory, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(directory + " was not made");
        }
    }

    public static void copy(Path from, Path to) throws IOException {
        for (Path source : all(from)) {
            Path target = to.resolve(from.relativize(source).toString());
            Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Copies what a running server may be changing: files that are gone meanwhile are left out. */
    public static void copyRunning(Path from, Path to, Predicate<String> wanted) throws IOException {
        for (Path source : all(from)) {
            String relative = from.relativize(source).toString();
            if (wanted.test(relative) && (Files.isDirectory(source) || Files.isRegularFile(source))) {
                try {
                    Files.copy(source, to.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (NoSuchFileException e) {
                    // the server has deleted it
                }
            }
        }
    }

    public static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> paths = all(directory);
            paths.sort(Comparator.reverseOrder());
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> all(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return new ArrayList<>(paths.sorted().toList());
        }
    }
}

package dev.lockstep.process;

import dev.lockstep.process.Guard.Streams;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs to its end, which comes with this JVM's at the latest. */
public final class Program {

    private Program() {}

    /**
     * How a program ended.
     *
     * @param status 0 by custom if all is well; 127 if there is no such program
     * @param output what it printed, errors included
     */
    public record Ended(int status, String output) {}

    /** Runs it, with nothing to read. */
    public static Ended run(Duration patience, String... command) throws IOException, InterruptedException {
        return run(patience, List.of(command));
    }

    /**
     * Runs it, with nothing to read.
     *
     * @throws IllegalStateException if it runs for longer than this; then it is killed
     */
    public static Ended run(Duration patience, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".log");
        Process guard = Guard.start(Streams.SILENT, command, Redirect.to(output.toFile()));
        try {
            if (!guard.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(command + " did not end within " + patience + ":\n" + text(output));
            }
            return new Ended(guard.exitValue(), text(output));
        } finally {
            guard.getOutputStream().close();
            guard.waitFor();
            Files.delete(output);
        }
    }

    /**
     * Runs it, with nothing to read, and returns what it printed, errors included.
     *
     * @throws IllegalStateException if it ends with another status than 0, or runs for longer than
     *     this
     */
    public static String require(Duration patience, List<String> command) throws IOException, InterruptedException {
        Ended ended = run(patience, command);
        if (ended.status() != 0) {
            throw new IllegalStateException(command + " ended with " + ended.status() + ":\n" + ended.output());
        }
        return ended.output();
    }

    private static String text(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }
}

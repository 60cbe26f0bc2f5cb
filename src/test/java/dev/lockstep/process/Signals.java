package dev.lockstep.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Signals to processes, by their ids. */
public final class Signals {

    private static final long PATIENCE_SECONDS = 30;

    private Signals() {}

    public static void send(String signal, List<ProcessHandle> to) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        to.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops a process, and returns when it does stand still (or has ended): from then on it makes
     * no children.
     */
    public static void stop(ProcessHandle process) {
        send("STOP", List.of(process));
        Path status = Path.of("/proc", Long.toString(process.pid()), "stat");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (runs(status) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** The state is the field after the name, which stands in parentheses (proc(5)). */
    private static boolean runs(Path status) {
        try {
            String text = Files.readString(status);
            return "RSD".indexOf(text.charAt(text.lastIndexOf(')') + 2)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    public static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("process " + process.pid() + " does not end", e);
        }
    }
}

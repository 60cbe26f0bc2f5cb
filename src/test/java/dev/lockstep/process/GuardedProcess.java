package dev.lockstep.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child process that cannot outlive this JVM, whatever state it is in: a shell watches over it, reading from a pipe
 * that only this JVM holds open. When the pipe ends (this JVM closed it, crashed, or was killed) the shell wakes the
 * child, which may have been stopped, and kills it and its children. Both are known by their process ids.
 *
 * <p>Used by one thread at a time.
 */
public final class GuardedProcess implements AutoCloseable {

    private static final String GUARD = """
            trap '' INT HUP
            "$@" </dev/null &
            p=$!
            echo "PID $p"
            cat >/dev/null
            c=$(cat /proc/$p/task/*/children 2>/dev/null)
            kill -CONT $p $c 2>/dev/null
            kill -KILL $p $c 2>/dev/null
            """;

    private final Process guard;
    private final BufferedReader output;
    private final ProcessHandle child;

    private GuardedProcess(Process guard, BufferedReader output, ProcessHandle child) {
        this.guard = guard;
        this.output = output;
        this.child = child;
    }

    /** @param log where its standard error goes; its standard output is read by {@link #readLine} */
    public static GuardedProcess start(List<String> command, File log) throws IOException {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", GUARD, "guard"));
        guarded.addAll(command);
        Process guard = new ProcessBuilder(guarded)
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(guard.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null || !line.startsWith("PID ")) {
            guard.destroyForcibly();
            throw new IOException("no process: " + command.get(0) + ", see " + log);
        }
        long pid = Long.parseLong(line.substring(4));
        ProcessHandle child =
                ProcessHandle.of(pid).orElseThrow(() -> new IOException("ended at once: " + command + ", see " + log));
        return new GuardedProcess(guard, output, child);
    }

    /** The same, for a process whose standard output nobody reads: it goes to the log too. */
    static GuardedProcess startSilent(List<String> command, File log) throws IOException {
        List<String> silent = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >&2", "silent"));
        silent.addAll(command);
        return start(silent, log);
    }

    /** The next line of its standard output; fails when there is none any more. */
    public String readLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("process " + child.pid() + " has ended");
        }
        return line;
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    public void stop() {
        Signals.stop(child);
        Signals.send("STOP", family());
    }

    public void resume() {
        Signals.send("CONT", family());
    }

    /** kill -9, children included, and waits until all are gone. Stopped first: a child made meanwhile would live on. */
    public void kill() {
        Signals.stop(child);
        List<ProcessHandle> family = family();
        Signals.send("KILL", family);
        family.forEach(Signals::awaitEnd);
        end();
    }

    /** Asks it to end, and waits. */
    public void interrupt() {
        Signals.send("INT", List.of(child));
        Signals.awaitEnd(child);
        end();
    }

    @Override
    public void close() {
        end();
        try {
            guard.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(child.descendants().toList());
        family.add(0, child);
        return family;
    }
}

package dev.lockstep.process;

import dev.lockstep.process.Guard.Streams;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A child process that cannot outlive this JVM, whatever state it is in: a {@link Guard} watches
 * over it. It and its children are known by their process ids.
 *
 * <p>Used by one thread at a time.
 */
public final class GuardedProcess implements AutoCloseable {

    private final Process guard;
    private final BufferedReader output;
    private final ProcessHandle child;

    private GuardedProcess(Process guard, BufferedReader output, ProcessHandle child) {
        this.guard = guard;
        this.output = output;
        this.child = child;
    }

    /**
     * @param log where its standard error goes; its standard output is read by {@link #readLine}
     */
    public static GuardedProcess start(List<String> command, File log) throws IOException {
        return start(Streams.OUTPUT, command, Redirect.appendTo(log));
    }

    /** The same, for a process whose standard output nobody reads: it goes to the log too. */
    public static GuardedProcess startSilent(List<String> command, File log) throws IOException {
        return start(Streams.SILENT, command, Redirect.appendTo(log));
    }

    /**
     * A process that is talked to: {@link #println} is its standard input. Its standard error is
     * that of this JVM.
     */
    public static GuardedProcess startTalking(List<String> command) throws IOException {
        return start(Streams.BOTH, command, Redirect.INHERIT);
    }

    private static GuardedProcess start(Streams streams, List<String> command, Redirect errors) throws IOException {
        Process guard = Guard.start(streams, command, errors);
        BufferedReader output = guard.inputReader(StandardCharsets.UTF_8);
        long pid = Guard.readPid(output);
        // one that has ended already is stood for by its guard, which ends with its status
        return new GuardedProcess(guard, output, ProcessHandle.of(pid).orElseGet(guard::toHandle));
    }

    /** Writes a line to its standard input. */
    public void println(String line) throws IOException {
        guard.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    }

    /** The next line of its standard output; fails when there is none any more. */
    public String readLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("process " + child.pid() + " has ended");
        }
        return line;
    }

    /** The lines of its standard output that are still to be read, until it ends. */
    public List<String> remainingLines() {
        return output.lines().toList();
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

    /**
     * kill -9, children included, and waits until all are gone. Stopped first: a child made
     * meanwhile would live on.
     */
    public void kill() {
        if (guard.isAlive()) {
            Signals.stop(child);
            List<ProcessHandle> family = family();
            Signals.send("KILL", family);
            family.forEach(Signals::awaitEnd);
        }
        end();
    }

    /** Asks it to end by a signal, and waits until it has; after this time it is killed. */
    public void end(String signal, Duration patience) {
        if (guard.isAlive()) {
            Signals.send(signal, List.of(child));
            awaitEnd(patience);
        }
        kill();
    }

    /**
     * The same for a shell: its commands are asked. A shell that was given one command may have
     * become that command.
     */
    public void endCommands(String signal, Duration patience) {
        if (guard.isAlive()) {
            List<ProcessHandle> commands = child.descendants().toList();
            Signals.send(signal, commands.isEmpty() ? List.of(child) : commands);
            awaitEnd(patience);
        }
        kill();
    }

    /** Waits for its end; empty if that has not come after this time. */
    public OptionalInt awaitStatus(Duration patience) {
        awaitEnd(patience);
        return guard.isAlive() ? OptionalInt.empty() : OptionalInt.of(guard.exitValue());
    }

    @Override
    public void close() {
        end();
        awaitEnd(Duration.ofSeconds(30));
    }

    private void awaitEnd(Duration patience) {
        try {
            guard.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
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

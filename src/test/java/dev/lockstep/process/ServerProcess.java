package dev.lockstep.process;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A server on a port of loopback, as a process that can be paused, killed and started again. What
 * it prints is in {@link #log}. For one thread at a time.
 */
public abstract class ServerProcess implements AutoCloseable {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private @Nullable GuardedProcess process;

    /** @param folder where it may write */
    protected ServerProcess(Path folder) throws IOException {
        this(folder, Ports.free());
    }

    protected ServerProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** The command that starts it. */
    protected abstract List<String> command() throws IOException;

    public final int port() {
        return port;
    }

    protected final Path folder() {
        return folder;
    }

    protected final File log() {
        return folder.resolve("log").toFile();
    }

    /** Starts it, or starts it again with the files that it left, without waiting. */
    public final void start() throws IOException {
        process = GuardedProcess.startSilent(command(), log());
    }

    /** Waits until it can be connected to. */
    public final void awaitListening() {
        Awaitility.await().atMost(LONG_ENOUGH).until(this::listens);
    }

    public final void pause() {
        running().stop();
    }

    public final void resume() {
        running().resume();
    }

    /** kill -9. */
    public final void kill() {
        running().kill();
    }

    /** Asks it to end by a signal, and waits until it has. */
    protected final void end(String signal) {
        running().end(signal, LONG_ENOUGH);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private boolean listens() {
        if (!running().isAlive()) {
            throw new IllegalStateException("the server ended, see " + log());
        }
        return answers();
    }

    /** Whether it can be connected to. */
    protected boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private GuardedProcess running() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }
}

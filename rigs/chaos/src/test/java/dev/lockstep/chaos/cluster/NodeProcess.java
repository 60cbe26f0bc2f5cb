package dev.lockstep.chaos.cluster;

import dev.lockstep.chaos.client.NodeClient;
import dev.lockstep.process.GuardedProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * One node: its JVM, started again after each kill, and the clients' connection to it. Used by one
 * thread at a time.
 */
public final class NodeProcess implements AutoCloseable {

    private final NodeSettings settings;
    private final List<String> command;
    private final File log;
    private final NodeClient client;
    private final IntConsumer channelPort;
    private GuardedProcess process;

    /** @param channelPort is told where the node's channel listens */
    NodeProcess(NodeSettings settings, List<String> command, Path directory, IntConsumer channelPort) {
        this.settings = settings;
        this.command = new ArrayList<>(command);
        this.log = directory.resolve("node-" + settings.number() + ".log").toFile();
        this.client = new NodeClient(settings.number());
        this.channelPort = channelPort;
    }

    public int number() {
        return settings.number();
    }

    public NodeClient client() {
        return client;
    }

    /** Starts it and waits until it listens; its deployment may take longer. */
    public void start() throws IOException {
        launch();
        connect();
    }

    void launch() throws IOException {
        process = GuardedProcess.start(command, log);
    }

    /** Waits until what was launched listens. */
    void connect() throws IOException {
        String line = process.readLine();
        while (!line.startsWith("READY ")) {
            line = process.readLine();
        }
        String[] ports = line.split(" ");
        channelPort.accept(Integer.parseInt(ports[2]));
        client.connect(Integer.parseInt(ports[1]));
    }

    public void kill() {
        process.kill();
        client.disconnect();
    }

    public void pause() {
        process.stop();
    }

    public void resume() {
        process.resume();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        client.close();
    }
}

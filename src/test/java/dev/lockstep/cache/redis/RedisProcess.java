package dev.lockstep.cache.redis;

import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.Ports;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server on loopback, as a process that can be paused and killed. */
final class RedisProcess implements AutoCloseable {

    private final int port;
    private final Path folder;
    private final List<String> command;
    private Process process;

    private RedisProcess(int port, Path folder, List<String> command) throws IOException {
        this.port = port;
        this.folder = folder;
        this.command = command;
        start();
    }

    /** A server with these options, such as {@code --requirepass x}. */
    static RedisProcess server(String... options) throws IOException {
        return start(Ports.free(), List.of(), options);
    }

    /** A server that listens on this port by these options. */
    static RedisProcess on(int port, String... options) throws IOException {
        return start(port, List.of(), options);
    }

    /** A sentinel, configured by these lines. */
    static RedisProcess sentinel(String... lines) throws IOException {
        Path file = Files.createTempFile("sentinel", ".conf");
        Files.write(file, List.of(lines));
        return start(Ports.free(), List.of(file.toString(), "--sentinel"));
    }

    private static RedisProcess start(int port, List<String> first, String... options) throws IOException {
        Path folder = Files.createTempDirectory("redis");
        List<String> command = new ArrayList<>();
        command.add(Binary.FILE.getPath());
        command.addAll(first);
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder.toString()));
        if (!List.of(options).contains("--tls-port")) {
            command.addAll(List.of("--port", String.valueOf(port)));
        }
        command.addAll(List.of(options));
        return new RedisProcess(port, folder, command);
    }

    int port() {
        return port;
    }

    /** Starts it, or starts it again, and waits until it listens. */
    void start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).until(this::listens);
    }

    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static final class Binary {

        static final File FILE = file();

        private static File file() {
            try {
                File file = ExecutableProvider.newJarResourceProvider().get();
                file.setExecutable(true);
                return file;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

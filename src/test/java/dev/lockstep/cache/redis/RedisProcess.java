package dev.lockstep.cache.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lockstep.process.Ports;
import dev.lockstep.process.Program;
import dev.lockstep.process.ServerProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/**
 * A real redis-server that saves nothing of its own accord; what replication and FLUSHALL make it
 * write is in its folder. For one thread at a time.
 */
public final class RedisProcess extends ServerProcess {

    /**
     * How far above its port a node of a cluster listens for the others (Redis cluster
     * specification, "Cluster bus").
     */
    private static final int CLUSTER_BUS = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern VERSION = Pattern.compile(" v=(\\S+)");

    private static final int ANSWER_MILLIS = 10_000;

    private final List<String> options;

    private RedisProcess(Path folder, List<String> options) throws IOException {
        super(folder, options.contains("--cluster-enabled") ? Ports.freeWith(CLUSTER_BUS) : Ports.free());
        this.options = options;
    }

    /** A server with these options, such as {@code --requirepass x}, that listens. */
    public static RedisProcess server(String... options) throws IOException {
        RedisProcess server = notYetStarted(newFolder(), options);
        server.start();
        server.awaitListening();
        return server;
    }

    /** A server with these options that begins to run when it is started. */
    static RedisProcess notYetStarted(String... options) throws IOException {
        return notYetStarted(newFolder(), options);
    }

    /** The same, with its log in a folder that is there. */
    public static RedisProcess notYetStarted(Path folder, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--save", "", "--appendonly", "no"));
        all.addAll(List.of(options));
        return new RedisProcess(folder, all);
    }

    /** A sentinel, configured by these lines, that listens. */
    static RedisProcess sentinel(String... lines) throws IOException {
        Path file = Files.createTempFile("sentinel", ".conf");
        Files.write(file, List.of(lines));
        RedisProcess sentinel = new RedisProcess(newFolder(), List.of(file.toString(), "--sentinel"));
        sentinel.start();
        sentinel.awaitListening();
        return sentinel;
    }

    /** The program itself. */
    public static Path program() {
        return Binary.FILE.toPath();
    }

    /**
     * The first line of the answer to an inline command, of whatever server listens on a port of
     * loopback.
     */
    public static String ask(int port, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
        }
    }

    /** What the server says it is. */
    static String version() throws IOException, InterruptedException {
        Matcher version =
                VERSION.matcher(Program.require(PATIENCE, List.of(program().toString(), "--version")));
        return version.results()
                .map(found -> "Redis " + found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static Path newFolder() throws IOException {
        return Files.createTempDirectory("redis");
    }

    @Override
    protected List<String> command() {
        List<String> command = new ArrayList<>(List.of(Binary.FILE.getPath()));
        command.addAll(options);
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder().toString()));
        command.addAll(ports());
        return command;
    }

    private List<String> ports() {
        String port = String.valueOf(port());
        return options.contains("--tls-cert-file")
                ? List.of("--port", "0", "--tls-port", port)
                : List.of("--port", port);
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

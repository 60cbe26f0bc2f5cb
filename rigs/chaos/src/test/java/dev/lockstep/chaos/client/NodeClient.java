package dev.lockstep.chaos.client;

import dev.lockstep.chaos.cluster.Daemons;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clients' side of the line protocol of one node: many requests under way on one connection. No
 * call blocks: a request is queued, and its answer arrives later, on the reader's thread. The time
 * of a request is that of its queueing, no later than it was sent.
 *
 * <p>Thread-safe.
 */
public final class NodeClient implements AutoCloseable {

    private static final String LOST = "LOST";

    private final int node;
    private final AtomicLong number = new AtomicLong();
    private final Map<Long, CompletableFuture<Reply>> underWay = new ConcurrentHashMap<>();
    private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>();
    private volatile Connection connection;
    private volatile int port;
    private volatile boolean closed;

    public NodeClient(int node) {
        this.node = node;
        Daemons.named("writer-" + node).newThread(this::write).start();
    }

    /**
     * @param status the first word of the answer, or {@code LOST} if the connection broke before it
     *     came
     * @param words the others
     * @param began when the request was queued
     * @param ended when the answer came
     */
    public record Reply(String status, List<String> words, long began, long ended) {
        public boolean is(String expected) {
            return status.equals(expected);
        }
    }

    public int node() {
        return node;
    }

    /** Where it listens, or listened before it went. */
    int port() {
        return port;
    }

    public int underWay() {
        return underWay.size();
    }

    public boolean isConnected() {
        return connection != null;
    }

    public CompletableFuture<Reply> send(String request) {
        long id = number.incrementAndGet();
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        CompletableFuture<Reply> timed = new CompletableFuture<>();
        long began = System.nanoTime();
        var unused = answer.thenAccept(
                reply -> timed.complete(new Reply(reply.status(), reply.words(), began, reply.ended())));
        underWay.put(id, answer);
        if (connection == null) {
            lose(id);
        } else {
            outgoing.add(id + " " + request + "\n");
        }
        return timed;
    }

    public void connect(int port) throws IOException {
        Connection fresh = new Connection(new Socket(InetAddress.getLoopbackAddress(), port));
        connection = fresh;
        this.port = port;
        Daemons.named("reader-" + node).newThread(() -> read(fresh)).start();
    }

    /** Every request under way is lost. */
    public void disconnect() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            old.close();
        }
        outgoing.clear();
        new ArrayList<>(underWay.keySet()).forEach(this::lose);
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private void read(Connection from) {
        try {
            for (String line = from.in.readLine(); line != null; line = from.in.readLine()) {
                answered(line);
            }
        } catch (IOException e) {
            // the node has gone
        }
        if (connection == from) {
            disconnect();
        }
    }

    private void answered(String line) {
        long ended = System.nanoTime();
        List<String> words = List.of(line.split(" "));
        CompletableFuture<Reply> answer = underWay.remove(Long.parseLong(words.get(0)));
        if (answer != null) {
            answer.complete(new Reply(words.get(1), words.subList(2, words.size()), 0, ended));
        }
    }

    private void lose(long id) {
        CompletableFuture<Reply> answer = underWay.remove(id);
        if (answer != null) {
            answer.complete(new Reply(LOST, List.of(), 0, System.nanoTime()));
        }
    }

    private void write() {
        while (!closed && !Thread.currentThread().isInterrupted()) {
            try {
                String line = outgoing.poll(1, TimeUnit.SECONDS);
                Connection to = connection;
                if (line != null && to != null) {
                    to.out.write(line.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                disconnect();
            }
        }
    }

    private static final class Connection {

        final Socket socket;
        final BufferedReader in;
        final OutputStream out;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            out = socket.getOutputStream();
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // it is closed
            }
        }
    }
}

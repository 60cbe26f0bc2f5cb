package dev.lockstep.chaos.node;

import dev.lockstep.chaos.cluster.Daemons;
import dev.lockstep.spi.RevocationChannel.Message;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to one other node: one connection, made when there is something to say. What can't be
 * sent is dropped. Thread-safe.
 */
final class Peer {

    private static final int QUEUE = 1_000;
    private static final int CONNECT_MILLIS = 500;

    private final int port;
    private final AtomicLong number = new AtomicLong();
    private final BlockingQueue<Letter> queue = new LinkedBlockingQueue<>(QUEUE);
    private final Map<Long, Letter> unanswered = new ConcurrentHashMap<>();
    private final Thread sender = Daemons.named("peer").newThread(this::sendAll);
    private volatile boolean closed;
    private @Nullable Socket socket;

    Peer(int port) {
        this.port = port;
    }

    void start() {
        sender.start();
    }

    void send(Message message, Duration deadline, Consumer<String> acknowledged) {
        long now = System.nanoTime();
        unanswered.values().removeIf(letter -> now - letter.until > 0);
        var unused = queue.offer(new Letter(number.incrementAndGet(), message, now + deadline.toNanos(), acknowledged));
    }

    void close() {
        closed = true;
        sender.interrupt();
    }

    private void sendAll() {
        while (!closed) {
            try {
                Letter letter = queue.take();
                if (System.nanoTime() - letter.until < 0) {
                    post(letter);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                hangUp();
                pause();
            }
        }
        hangUp();
    }

    private void post(Letter letter) throws IOException {
        Socket connected = socket == null ? connect() : socket;
        unanswered.put(letter.number, letter);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(connected.getOutputStream()));
        out.writeLong(letter.number);
        Wire.write(letter.message, out);
        out.flush();
    }

    private Socket connect() throws IOException {
        Socket fresh = new Socket();
        fresh.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        fresh.setTcpNoDelay(true);
        socket = fresh;
        Daemons.named("peer-answers").newThread(() -> readAnswers(fresh)).start();
        return fresh;
    }

    private void readAnswers(Socket from) {
        try {
            DataInputStream in = new DataInputStream(from.getInputStream());
            while (true) {
                long answered = in.readLong();
                String nodeId = in.readUTF();
                Letter letter = unanswered.remove(answered);
                if (letter != null) {
                    letter.acknowledged.accept(nodeId);
                }
            }
        } catch (IOException e) {
            close(from);
        }
    }

    private void hangUp() {
        if (socket != null) {
            close(socket);
            socket = null;
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    private record Letter(long number, Message message, long until, Consumer<String> acknowledged) {}
}

package dev.lockstep.chaos.node;

import dev.lockstep.chaos.cluster.Daemons;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
    private final Consumer<byte[]> answers;
    private final BlockingQueue<Letter> queue = new LinkedBlockingQueue<>(QUEUE);
    private final Thread sender = Daemons.named("peer").newThread(this::sendAll);
    private volatile boolean closed;
    private @Nullable Socket socket;

    /** @param answers takes what comes back */
    Peer(int port, Consumer<byte[]> answers) {
        this.port = port;
        this.answers = answers;
    }

    void start() {
        sender.start();
    }

    /** @param deadline after which it is of no use */
    void send(byte[] frame, Duration deadline) {
        var unused = queue.offer(new Letter(frame, System.nanoTime() + deadline.toNanos()));
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
                    post(letter.frame);
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

    private void post(byte[] frame) throws IOException {
        Socket connected = socket == null ? connect() : socket;
        ChannelHub.write(frame, new DataOutputStream(new BufferedOutputStream(connected.getOutputStream())));
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
                answers.accept(ChannelHub.read(in));
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

    private static final class Letter {

        final byte[] frame;
        final long until;

        Letter(byte[] frame, long until) {
            this.frame = frame;
            this.until = until;
        }
    }
}

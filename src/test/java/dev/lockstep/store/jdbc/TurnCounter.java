package dev.lockstep.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;

/**
 * A proxy on the loopback that counts how often the client speaks after the server has answered:
 * the round trips. An answer is complete with the server's ReadyForQuery. A client that has more to
 * say than fits into one packet does not wait for it, though the server may begin to answer
 * meanwhile.
 */
final class TurnCounter implements AutoCloseable {

    /** ReadyForQuery but its last byte, the state of the transaction: its type and its length. */
    private static final byte[] READY = {'Z', 0, 0, 0, 5};

    private final ServerSocket listener;
    private final int target;
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicBoolean answered = new AtomicBoolean(true);
    private final List<Socket> sockets = new ArrayList<>();

    TurnCounter(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        new Thread(this::accept, "turn counter").start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many there were since the last call. */
    int takeTurns() {
        return turns.getAndSet(0);
    }

    private void accept() {
        try {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            new Thread(() -> pump(client, server, (bytes, length) -> clientSpoke()), "to the server").start();
            new Thread(() -> pump(server, client, this::serverSpoke), "to the client").start();
        } catch (IOException e) {
            // closed
        }
    }

    private void clientSpoke() {
        if (answered.getAndSet(false)) {
            turns.incrementAndGet();
        }
    }

    private void serverSpoke(byte[] bytes, int length) {
        int start = length - READY.length - 1;
        answered.set(start >= 0 && Arrays.equals(bytes, start, length - 1, READY, 0, READY.length));
    }

    private static void pump(Socket from, Socket to, ObjIntConsumer<byte[]> spoke) {
        byte[] buffer = new byte[65_536];
        try (InputStream input = from.getInputStream();
                OutputStream output = to.getOutputStream()) {
            int length = input.read(buffer);
            while (length >= 0) {
                spoke.accept(buffer, length);
                output.write(buffer, 0, length);
                length = input.read(buffer);
            }
        } catch (IOException e) {
            // closed
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

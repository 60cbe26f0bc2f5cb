package dev.lockstep.store.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy on the loopback, for one connection, that counts its round trips to the server. */
abstract class RoundTripCounter implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final AtomicInteger roundTrips = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();

    RoundTripCounter(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** Begins to listen. */
    final void start() {
        new Thread(this::accept, "round trip counter").start();
    }

    final int port() {
        return listener.getLocalPort();
    }

    /** How many there were since the last call. */
    final int take() {
        return roundTrips.getAndSet(0);
    }

    final void count() {
        roundTrips.incrementAndGet();
    }

    /** Passes on what the client says, until one of the two closes. */
    abstract void toServer(Socket client, Socket server) throws IOException;

    /** Passes on what the server answers, until one of the two closes. */
    abstract void toClient(Socket server, Socket client) throws IOException;

    private void accept() {
        try {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            new Thread(() -> pass(this::toServer, client, server), "to the server").start();
            new Thread(() -> pass(this::toClient, server, client), "to the client").start();
        } catch (IOException e) {
            // closed
        }
    }

    private interface Way {

        void pass(Socket from, Socket to) throws IOException;
    }

    private static void pass(Way way, Socket from, Socket to) {
        try (from;
                to) {
            way.pass(from, to);
        } catch (IOException e) {
            // one of the two has closed
        }
    }

    @Override
    public final void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

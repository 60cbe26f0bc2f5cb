package dev.lockstep.store.jdbc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy on the loopback in front of MariaDB that counts what the client asks for: each command
 * begins with a packet whose number is 0, and is a round trip, since this protocol has no other
 * way.
 */
final class CommandCounter implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final AtomicInteger commands = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();

    CommandCounter(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        new Thread(this::accept, "command counter").start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many there were since the last call. */
    int takeCommands() {
        return commands.getAndSet(0);
    }

    private void accept() {
        try {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            new Thread(() -> count(client, server), "to the server").start();
            new Thread(() -> pass(server, client), "to the client").start();
        } catch (IOException e) {
            // closed
        }
    }

    /** A packet has three bytes for its length, low byte first, and one for its number. */
    private void count(Socket from, Socket to) {
        try (DataInputStream input = new DataInputStream(from.getInputStream());
                DataOutputStream output = new DataOutputStream(to.getOutputStream())) {
            while (true) {
                byte[] header = new byte[4];
                input.readFully(header);
                byte[] body = new byte[(header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16];
                input.readFully(body);
                if (header[3] == 0) {
                    commands.incrementAndGet();
                }
                output.write(header);
                output.write(body);
                output.flush();
            }
        } catch (EOFException e) {
            // the client has closed
        } catch (IOException e) {
            // closed
        }
    }

    private static void pass(Socket from, Socket to) {
        try (InputStream input = from.getInputStream()) {
            input.transferTo(to.getOutputStream());
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

package dev.lockstep.chaos.node;

import dev.lockstep.spi.RevocationChannel;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Where this JVM hears of other nodes' revocations. It outlives deployments, as a port does: what
 * comes while nothing is deployed is not acknowledged. Thread-safe.
 */
final class ChannelHub {

    /** Daemons: a JVM whose node can't begin ends, and who waits for it to be ready is told. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "channel hub");
        thread.setDaemon(true);
        return thread;
    });

    private static volatile RevocationChannel.@Nullable Receiver receiver;
    private static volatile int port;

    private ChannelHub() {}

    static void start() throws IOException {
        ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        port = socket.getLocalPort();
        THREADS.execute(() -> accept(socket));
    }

    static int port() {
        return port;
    }

    static void receiveWith(RevocationChannel.@Nullable Receiver next) {
        receiver = next;
    }

    private static void accept(ServerSocket socket) {
        while (true) {
            try {
                Socket peer = socket.accept();
                peer.setTcpNoDelay(true);
                THREADS.execute(() -> serve(peer));
            } catch (IOException e) {
                // the peer has gone already
            }
        }
    }

    private static void serve(Socket peer) {
        try (peer) {
            DataInputStream in = new DataInputStream(peer.getInputStream());
            DataOutputStream out = new DataOutputStream(peer.getOutputStream());
            while (true) {
                long number = in.readLong();
                RevocationChannel.Message message = Wire.read(in);
                THREADS.execute(() -> apply(number, message, out));
            }
        } catch (IOException e) {
            // the peer has gone
        }
    }

    private static void apply(long number, RevocationChannel.Message message, DataOutputStream out) {
        RevocationChannel.Receiver present = receiver;
        Optional<String> acknowledgement = present == null ? Optional.empty() : present.apply(message);
        acknowledgement.ifPresent(nodeId -> acknowledge(number, nodeId, out));
    }

    private static void acknowledge(long number, String nodeId, DataOutputStream out) {
        try {
            synchronized (out) {
                out.writeLong(number);
                out.writeUTF(nodeId);
            }
        } catch (IOException e) {
            // lost, as acknowledgements may be
        }
    }
}

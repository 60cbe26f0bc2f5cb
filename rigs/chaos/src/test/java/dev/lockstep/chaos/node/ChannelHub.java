package dev.lockstep.chaos.node;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where this JVM hears of other nodes' revocations, as frames: a length, and so many bytes. It
 * outlives deployments, as a port does: what comes while nothing is deployed is not acknowledged.
 * Thread-safe.
 */
final class ChannelHub {

    /** Daemons: a JVM whose node can't begin ends, and who waits for it to be ready is told. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "channel hub");
        thread.setDaemon(true);
        return thread;
    });

    private static volatile @Nullable Function<byte[], Optional<byte[]>> receiver;
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

    /** @param next gives what is to be sent back for what has come */
    static void receiveWith(@Nullable Function<byte[], Optional<byte[]>> next) {
        receiver = next;
    }

    /** What has come, from whatever side; what is to be sent back for it. */
    static Optional<byte[]> receive(byte[] frame) {
        Function<byte[], Optional<byte[]>> present = receiver;
        return present == null ? Optional.empty() : present.apply(frame);
    }

    static byte[] read(DataInputStream in) throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    static void write(byte[] frame, DataOutputStream out) throws IOException {
        synchronized (out) {
            out.writeInt(frame.length);
            out.write(frame);
            out.flush();
        }
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
                byte[] frame = read(in);
                THREADS.execute(() -> receive(frame).ifPresent(answer -> answer(answer, out)));
            }
        } catch (IOException e) {
            // the peer has gone
        }
    }

    private static void answer(byte[] frame, DataOutputStream out) {
        try {
            write(frame, out);
        } catch (IOException e) {
            // lost, as acknowledgements may be
        }
    }
}

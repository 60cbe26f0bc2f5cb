package dev.lockstep.chaos.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The network between two parties: forwards connections on loopback, and can cut, hold back or
 * delay what passes. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final ServerSocket server;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final Gate forth = new Gate();
    private final Gate back = new Gate();
    private final ExecutorService threads = Executors.newCachedThreadPool(Daemons.named("proxy"));
    private volatile int target;
    private volatile boolean cut;

    public TcpProxy() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public void leadTo(int port) {
        target = port;
    }

    /** Breaks every connection, and refuses new ones until {@link #reopen}. */
    public void cut() {
        cut = true;
        breakConnections();
    }

    public void reopen() {
        cut = false;
    }

    /** Keeps what the target answers until {@link #release}: requests still reach it. */
    public void holdAnswers() {
        back.hold();
    }

    /** Keeps everything, both ways. */
    public void holdAll() {
        forth.hold();
        back.hold();
    }

    public void release() {
        forth.release();
        back.release();
    }

    /** Delays each packet, both ways; 0 ends it. */
    public void delay(long millis) {
        forth.delay(millis);
        back.delay(millis);
    }

    /** Delays each answer of the target; 0 ends it. */
    public void delayAnswers(long millis) {
        back.delay(millis);
    }

    /** Breaks every connection; new ones can be made. */
    public void breakConnections() {
        open.forEach(TcpProxy::closeQuietly);
        open.clear();
    }

    @Override
    public void close() {
        closeQuietly(server);
        breakConnections();
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                // closed, or the client has gone already
            }
        }
    }

    private void connect(Socket client) {
        try {
            if (cut) {
                client.close();
                return;
            }
            client.setTcpNoDelay(true);
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            upstream.setTcpNoDelay(true);
            open.add(client);
            open.add(upstream);
            threads.execute(() -> pump(upstream, client, back));
            if (cut) {
                breakConnections();
            }
            pump(client, upstream, forth);
        } catch (IOException e) {
            closeQuietly(client);
        }
    }

    private void pump(Socket from, Socket to, Gate gate) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                gate.pass();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // the connection has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(from);
            forget(to);
        }
    }

    private void forget(Socket socket) {
        open.remove(socket);
        closeQuietly(socket);
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}

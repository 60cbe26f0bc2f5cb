package dev.lockstep.process;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of loopback that nobody listens on. They are not among those that Linux gives to outgoing
 * connections (from 32,768 on): one of these might have the port when a server that was killed
 * comes back. Thread-safe.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final int STEP = 50;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {}

    /**
     * A port below 32,000, at some distance from those given before: the nodes of a cluster may
     * take a few in a row.
     */
    public static int free() throws IOException {
        for (int i = 0; i < COUNT / STEP; i++) {
            int port = FIRST + Math.floorMod(NEXT.getAndAdd(STEP), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port");
    }

    /** The same, where the port as far above it is free too: a server takes that one of itself. */
    public static int freeWith(int above) throws IOException {
        for (int i = 0; i < COUNT / STEP; i++) {
            int port = free();
            if (port + above < FIRST + COUNT && isFree(port + above)) {
                return port;
            }
        }
        throw new IOException("no free ports with " + above + " between them");
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        }
    }
}

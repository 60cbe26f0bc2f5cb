package dev.lockstep.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports of loopback that nobody listens on. They are not among those that Linux gives to outgoing
 * connections (from 32,768 on): one of these might have the port when a server that was killed
 * comes back. So might a server of other tests that run meanwhile; therefore each JVM has a share
 * of the ports to itself, as long as it lives. Thread-safe.
 */
public final class Ports {

    private static final int FIRST = 20_000;

    /** Each has a few ports in a row for each share. */
    private static final int ROWS = 120;

    private static final int ROW = 100;
    private static final int SHARE = 12;
    private static final int SHARES = ROW / SHARE;

    /** As far as two ports lie apart that are given one after the other; has no factor of ROWS. */
    private static final int STRIDE = 7;

    /** Behind all rows, one for each share: whoever listens there has that share. */
    private static final int FIRST_CLAIM = FIRST + ROWS * ROW;

    /** Never closed. */
    private static final ServerSocket CLAIM = claim();

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(ROWS));

    private Ports() {}

    /**
     * A port below 32,000, at some distance from those given before: the nodes of a cluster may
     * take up to twelve in a row, and as many 100 above.
     */
    public static int free() throws IOException {
        int share = CLAIM.getLocalPort() - FIRST_CLAIM;
        for (int i = 0; i < ROWS; i++) {
            int row = Math.floorMod(NEXT.getAndAdd(STRIDE), ROWS);
            int port = FIRST + row * ROW + share * SHARE;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port");
    }

    /**
     * The same, where the port as far above it is free too: a server takes that one of itself.
     *
     * @param above a multiple of 100, for the other to be of the same share
     */
    public static int freeWith(int above) throws IOException {
        if (above % ROW != 0) {
            throw new IllegalArgumentException("in another JVM's share: " + above + " above");
        }
        for (int i = 0; i < ROWS; i++) {
            int port = free();
            if (port + above < FIRST_CLAIM && isFree(port + above)) {
                return port;
            }
        }
        throw new IOException("no free ports with " + above + " between them");
    }

    private static ServerSocket claim() {
        return IntStream.range(FIRST_CLAIM, FIRST_CLAIM + SHARES)
                .mapToObj(Ports::listening)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(SHARES + " other JVMs have all the ports"));
    }

    private static boolean isFree(int port) throws IOException {
        Optional<ServerSocket> socket = listening(port);
        if (socket.isPresent()) {
            socket.get().close();
        }
        return socket.isPresent();
    }

    /** Nothing where another listens. */
    private static Optional<ServerSocket> listening(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (BindException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

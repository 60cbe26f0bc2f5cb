package dev.lockstep.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjIntConsumer;

/**
 * Counts how often a client speaks after PostgreSQL has answered: the round trips. An answer is
 * complete with the server's ReadyForQuery. A client that has more to say than fits into one packet
 * does not wait for it, though the server may begin to answer meanwhile.
 */
final class TurnCounter extends RoundTripCounter {

    /** ReadyForQuery but its last byte, the state of the transaction: its type and its length. */
    private static final byte[] READY = {'Z', 0, 0, 0, 5};

    private final AtomicBoolean answered = new AtomicBoolean(true);

    TurnCounter(int target) throws IOException {
        super(target);
        start();
    }

    @Override
    void toServer(Socket client, Socket server) throws IOException {
        pump(client, server, (bytes, length) -> clientSpoke());
    }

    @Override
    void toClient(Socket server, Socket client) throws IOException {
        pump(server, client, this::serverSpoke);
    }

    private void clientSpoke() {
        if (answered.getAndSet(false)) {
            count();
        }
    }

    private void serverSpoke(byte[] bytes, int length) {
        int start = length - READY.length - 1;
        answered.set(start >= 0 && Arrays.equals(bytes, start, length - 1, READY, 0, READY.length));
    }

    private static void pump(Socket from, Socket to, ObjIntConsumer<byte[]> spoke) throws IOException {
        byte[] buffer = new byte[65_536];
        InputStream input = from.getInputStream();
        OutputStream output = to.getOutputStream();
        int length = input.read(buffer);
        while (length >= 0) {
            spoke.accept(buffer, length);
            output.write(buffer, 0, length);
            length = input.read(buffer);
        }
    }
}

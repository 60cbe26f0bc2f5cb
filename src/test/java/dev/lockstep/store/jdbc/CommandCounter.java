package dev.lockstep.store.jdbc;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * Counts what a client asks of MariaDB: each command begins with a packet whose number is 0, and is
 * a round trip, since this protocol has no other way.
 */
final class CommandCounter extends RoundTripCounter {

    CommandCounter(int target) throws IOException {
        super(target);
        start();
    }

    /** A packet has three bytes for its length, low byte first, and one for its number. */
    @Override
    void toServer(Socket client, Socket server) throws IOException {
        DataInputStream input = new DataInputStream(client.getInputStream());
        OutputStream output = server.getOutputStream();
        while (true) {
            byte[] header = input.readNBytes(4);
            if (header.length < 4) {
                return;
            }
            byte[] body = new byte[(header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16];
            input.readFully(body);
            if (header[3] == 0) {
                count();
            }
            output.write(header);
            output.write(body);
        }
    }

    @Override
    void toClient(Socket server, Socket client) throws IOException {
        server.getInputStream().transferTo(client.getOutputStream());
    }
}

package dev.lockstep.cache.infinispan;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.Version;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;

/** A socket that speaks the format of JGroups' connections, and is member of no cluster. */
final class RawPeer implements AutoCloseable {

    private static final byte[] COOKIE = {'b', 'e', 'l', 'a'};

    private static final int PATIENCE_MILLIS = 60_000;

    private final Address address = UUID.randomUUID();
    private final Socket socket;
    private final DataOutputStream out;

    RawPeer(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        out = new DataOutputStream(socket.getOutputStream());
        out.write(handshake());
    }

    /**
     * Sent at once, as JGroups does: the server of its failure detection misreads a handshake that
     * comes in parts, and waits for more.
     */
    private static byte[] handshake() throws IOException {
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        new IpAddress(InetAddress.getLoopbackAddress(), 1).writeTo(new DataOutputStream(own));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream handshake = new DataOutputStream(bytes);
        handshake.write(COOKIE);
        handshake.writeShort(Version.version);
        handshake.writeShort(own.size());
        handshake.write(own.toByteArray());
        return bytes.toByteArray();
    }

    Address address() {
        return address;
    }

    void send(Message message) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        Util.writeMessage(message.setSrc(address), new DataOutputStream(frame), true);
        send(frame.toByteArray());
    }

    void sendTogether(Message message, byte[] cluster) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        Util.writeMessageList(null, address, cluster, List.of(message), new DataOutputStream(frame), true);
        send(frame.toByteArray());
    }

    void send(byte[] frame) throws IOException {
        out.writeInt(frame.length);
        out.write(frame);
    }

    /**
     * Sends what makes the other end hang up, and waits until it has: then it has read all that was
     * sent before.
     */
    void awaitRead() throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        out.writeInt(Integer.MAX_VALUE);
        try {
            while (socket.getInputStream().read() >= 0) {
                continue;
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("the other end does not hang up", e);
        } catch (SocketException e) {
            return; // reset, for what it did not read any more
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package dev.lockstep.cache.infinispan;

import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.SocketFactory;
import org.jgroups.util.TLS;
import org.jgroups.util.TLSClientAuth;

/**
 * TLS with certificates on both sides, whose reading is bounded in time. Without that, a handshake
 * with a peer that stands still would block the thread that sends to all others. Members send
 * heartbeats, so silence for so long means that a connection is of no use.
 */
final class BoundedTls extends TLS {

    private final Duration silence;

    BoundedTls(SSLContext context, Duration silence) {
        this.silence = silence;
        enabled(true);
        setSSLContext(context);
        setClientAuth(TLSClientAuth.NEED);
    }

    @Override
    public SocketFactory createSocketFactory(SSLContext context) {
        DefaultSocketFactory factory = (DefaultSocketFactory) super.createSocketFactory(context);
        factory.setSocketConfigurator(this::bound);
        return factory;
    }

    private void bound(Socket socket) {
        try {
            socket.setSoTimeout((int) silence.toMillis());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}

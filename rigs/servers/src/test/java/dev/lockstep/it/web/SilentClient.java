package dev.lockstep.it.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lockstep.it.Http;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Begins to read an answer, stays connected, and reads no more. */
public final class SilentClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int RECEIVED_AT_MOST = 4096;

    private final Socket socket = new Socket();

    /**
     * Reads up to the first appearance of a text.
     *
     * @throws IOException also if the answer ends without it
     */
    public SilentClient(Http application, String path, String token, String text) throws IOException {
        URI uri = application.uri(path);
        socket.setReceiveBufferSize(RECEIVED_AT_MOST);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE_MILLIS);
        String request = "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(uri.getRawPath(), uri.getAuthority(), token);
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        readTo(text);
    }

    private void readTo(String text) throws IOException {
        InputStream answer = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = answer.read();
            if (next < 0) {
                throw new EOFException(read.toString());
            }
            read.append((char) next);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

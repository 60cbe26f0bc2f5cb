package dev.lockstep.web.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Sends any characters as a request, as no HTTP client would, to a port of the loopback address. */
public final class RawHttp {

    private static final int PATIENCE_MILLIS = 20_000;

    private RawHttp() {}

    /**
     * @param target what stands between the method and the version
     * @param headers whole lines, without their ends; {@code Host} and {@code Connection} are added
     */
    public static Reply send(int port, String method, String target, String... headers) {
        boolean upgrade = Stream.of(headers).anyMatch(header -> header.startsWith("Upgrade:"));
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nConnection: close" + (upgrade ? ", Upgrade" : "") + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return Reply.of(exchange(port, request.append("\r\n").toString()));
    }

    /** Whatever comes until the server closes; nothing if it closes at once, or resets the connection. */
    private static String exchange(int port, String request) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            copy(socket.getInputStream(), answer);
        } catch (IOException e) {
            if (answer.size() == 0 && !(e instanceof java.net.SocketException)) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static void copy(InputStream in, ByteArrayOutputStream out) throws IOException {
        for (int b = in.read(); b >= 0; b = in.read()) {
            out.write(b);
        }
    }
}

package dev.lockstep.web.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Sends any characters as a request, as no HTTP client would, to a port of the loopback address.
 */
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

    /**
     * Whatever comes until the answer has the length that it says, or the server closes: not every
     * server does so when it was asked for an upgrade. Nothing if it closes at once, or resets the
     * connection.
     */
    private static String exchange(int port, String request) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            copy(socket.getInputStream(), answer, request.startsWith("HEAD "));
        } catch (IOException e) {
            if (answer.size() == 0 && !(e instanceof java.net.SocketException)) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static void copy(InputStream in, ByteArrayOutputStream out, boolean withoutBody) throws IOException {
        int whole = Integer.MAX_VALUE;
        for (int b = in.read(); b >= 0; b = in.read()) {
            out.write(b);
            if (b == '\n' && whole == Integer.MAX_VALUE) {
                whole = wholeLength(out.toString(StandardCharsets.ISO_8859_1), withoutBody);
            }
            if (out.size() == whole) {
                return;
            }
        }
    }

    /** How long the answer is that begins so; no end in sight where that is not known. */
    private static int wholeLength(String begin, boolean withoutBody) {
        if (!begin.endsWith("\r\n\r\n")) {
            return Integer.MAX_VALUE;
        }
        Reply head = Reply.of(begin);
        if (withoutBody || head.status() == 101 || head.status() == 204) {
            return begin.length();
        }
        return head.headers("Content-Length").stream()
                .findFirst()
                .map(length -> begin.length() + Integer.parseInt(length))
                .orElse(Integer.MAX_VALUE);
    }
}

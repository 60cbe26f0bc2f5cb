package dev.lockstep.it.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket as a client sees it. */
public final class WebSocketClient implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> inbox = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    private WebSocketClient(WebSocket.Builder builder, int port, String path) {
        socket = builder.connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .buildAsync(URI.create("ws://127.0.0.1:" + port + path), new Listener())
                .join();
    }

    /** As a browser opens it: without a token. */
    public static WebSocketClient open(int port, String path) {
        return new WebSocketClient(HttpClient.newHttpClient().newWebSocketBuilder(), port, path);
    }

    /** As other clients can. */
    public static WebSocketClient open(int port, String path, String token) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        return new WebSocketClient(builder.header("Authorization", "Bearer " + token), port, path);
    }

    /** As a browser opens it that has a cookie. */
    public static WebSocketClient open(int port, String path, Map<String, String> headers) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        headers.forEach(builder::header);
        return new WebSocketClient(builder, port, path);
    }

    /** Sends a message and gives the next that comes. */
    public String ask(String message) {
        tell(message);
        return next();
    }

    /** Sends a message to which no answer is due. */
    public void tell(String message) {
        socket.sendText(message, true).join();
    }

    /** The next message, or {@code closed} with the code when the server closes. */
    public String next() {
        try {
            return Objects.requireNonNull(inbox.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            inbox.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            inbox.add("closed " + code);
            return null;
        }
    }
}

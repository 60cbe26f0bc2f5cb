package dev.lockstep.chaos.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Requests and answers, one line each, on a loopback socket: {@code <id> <verb> <arguments>},
 * answered by {@code <id> <status> <words>}, in any order. Each request has a thread of its own, as
 * a servlet's would.
 */
final class NodeServer {

    private final ServerSocket socket;
    private final Requests requests;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    NodeServer(Requests requests) throws IOException {
        this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.requests = requests;
    }

    int port() {
        return socket.getLocalPort();
    }

    /**
     * Serves for ever, on threads of its own; also while nothing is deployed, which the answers
     * then say.
     */
    void start() {
        threads.execute(this::acceptAll);
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            OutputStream out = client.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String request = line;
                threads.execute(() -> answer(request, out));
            }
        } catch (IOException e) {
            // the clients have gone
        }
    }

    private void answer(String request, OutputStream out) {
        int space = request.indexOf(' ');
        String answer = request.substring(0, space) + " " + requests.answer(request.substring(space + 1)) + "\n";
        try {
            synchronized (out) {
                out.write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

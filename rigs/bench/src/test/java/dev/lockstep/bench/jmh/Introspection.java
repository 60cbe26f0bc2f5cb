package dev.lockstep.bench.jmh;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A service that asks the issuer about each token (RFC 7662), over loopback and a connection that
 * stays open: from a new token's text to the user's groups. The issuer is the least that there
 * may be, a map of answers behind the JDK's HTTP server, in the same JVM: no TLS, no database, no
 * hash of the client's secret.
 */
public class Introspection extends Call {

    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString("service:a-long-secret".getBytes(StandardCharsets.US_ASCII));

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());
    private final Map<String, byte[]> answers = new HashMap<>();
    private HttpServer server;
    private URI endpoint;
    private Headers tokens;

    @Setup
    public void open() throws IOException {
        // else an answer's body waits for the acknowledgement of its head
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            byte[] token = new byte[32];
            random.nextBytes(token);
            answers.put(Base64.getUrlEncoder().withoutPadding().encodeToString(token), answer(i));
        }
        tokens = new Headers(List.copyOf(answers.keySet()));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/introspect", this::answer);
        server.start();
        endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/introspect");
    }

    @TearDown
    public void close() {
        server.stop(0);
    }

    @Override
    Object once() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Authorization", CREDENTIALS)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString("token=" + tokens.next()))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        JsonObject answer =
                readers.createReader(new StringReader(response.body())).readObject();
        if (response.statusCode() != 200 || !answer.getBoolean("active")) {
            throw new IllegalStateException(response + " " + answer);
        }
        return answer.getString("scope").split(" ");
    }

    private static byte[] answer(int user) {
        return Json.createObjectBuilder()
                .add("active", true)
                .add("scope", "user admin")
                .add("client_id", "service")
                .add("username", "user-" + user + "@example.com")
                .add("sub", "user-" + user)
                .add("iss", Tokens.ISSUER)
                .add("exp", 4_102_444_800L)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
            byte[] answer = answers.get(form.substring("token=".length()));
            boolean known =
                    CREDENTIALS.equals(exchange.getRequestHeaders().getFirst("Authorization")) && answer != null;
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, known ? answer.length : -1);
            if (known) {
                exchange.getResponseBody().write(answer);
            }
        }
    }
}

package dev.lockstep.demo.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Talks to one node, and has each request and answer written down. Confined to one thread. */
final class Client {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final DemoNode node;
    private final HttpClient http;
    private final Transcript transcript;

    Client(DemoNode node, HttpClient http, Transcript transcript) {
        this.node = node;
        this.http = http;
        this.transcript = transcript;
    }

    Token logIn(String user) throws InterruptedException {
        return token(logIn(user, user));
    }

    Answer logIn(String user, String password) throws InterruptedException {
        String credentials = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
        return send("POST", "/api/login", null, credentials);
    }

    Token rotate(Token token) throws InterruptedException {
        return token(post("/api/rotate", token));
    }

    Answer get(String path, @Nullable Token token) throws InterruptedException {
        return send("GET", path, token, null);
    }

    Answer post(String path, Token token) throws InterruptedException {
        return send("POST", path, token, null);
    }

    Answer delete(String path, Token token) throws InterruptedException {
        return send("DELETE", path, token, null);
    }

    private Token token(Answer answer) {
        String value = answer.mustBe(200).text("token");
        return new Token(transcript.lastToken(), value);
    }

    private Answer send(String method, String path, @Nullable Token token, @Nullable String json)
            throws InterruptedException {
        String request = method + " " + path;
        transcript.request(node.name(), request, token, json);
        long begun = System.nanoTime();
        HttpResponse<String> response = exchange(request, build(method, path, token, json));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        transcript.answer(response, took);
        return new Answer(node, request, response.statusCode(), response.body(), took);
    }

    private HttpRequest build(String method, String path, @Nullable Token token, @Nullable String json) {
        BodyPublisher body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.url() + path))
                .timeout(TIMEOUT)
                .method(method, body);
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token.value());
        }
        return request.build();
    }

    private HttpResponse<String> exchange(String what, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw node.failure("did not answer " + what + " (" + e + ")");
        }
    }
}

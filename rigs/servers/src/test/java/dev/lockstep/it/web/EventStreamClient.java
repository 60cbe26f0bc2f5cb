package dev.lockstep.it.web;

import dev.lockstep.it.Http;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A stream of server-sent events as a client reads it. */
public final class EventStreamClient implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final Stream<String> lines;
    private final Iterator<String> iterator;

    private EventStreamClient(Stream<String> lines) {
        this.lines = lines;
        this.iterator = lines.iterator();
    }

    public static EventStreamClient open(Http application, String path, String token)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(application.uri(path))
                .header("Authorization", "Bearer " + token)
                .build();
        return new EventStreamClient(
                HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body());
    }

    /** The next line that is not empty, or {@code end} when the server ends the stream. */
    public String next() throws Exception {
        return CompletableFuture.supplyAsync(this::read).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private String read() {
        while (iterator.hasNext()) {
            String line = iterator.next();
            if (!line.isEmpty()) {
                return line;
            }
        }
        return "end";
    }

    @Override
    public void close() {
        lines.close();
    }
}

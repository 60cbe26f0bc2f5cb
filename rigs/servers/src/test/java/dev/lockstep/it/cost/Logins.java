package dev.lockstep.it.cost;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Logins at a steady pace, whatever each takes, and how long that is. */
final class Logins implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final long PERIOD_MILLIS = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(CLIENTS);
    private final List<Double> millis = new CopyOnWriteArrayList<>();
    private final HttpRequest request;

    Logins(URI uri) {
        request = HttpRequest.newBuilder(uri).build();
        for (int i = 0; i < CLIENTS; i++) {
            long delay = i * PERIOD_MILLIS / CLIENTS;
            ScheduledFuture<?> unused =
                    threads.scheduleAtFixedRate(this::logIn, delay, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void logIn() {
        long began = System.nanoTime();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            millis.add(status == 200 ? (System.nanoTime() - began) / 1e6 : Double.POSITIVE_INFINITY);
        } catch (Exception e) {
            millis.add(Double.POSITIVE_INFINITY);
        }
    }

    /** What each has taken since the last call, in milliseconds; infinite for one that failed. */
    List<Double> take() {
        List<Double> taken = List.copyOf(millis);
        millis.clear();
        return taken;
    }

    /** So many of a hundred take no longer. */
    static double percentile(List<Double> of, int percent) {
        List<Double> sorted = of.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) * percent / 100);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

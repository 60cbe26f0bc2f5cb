package dev.lockstep.it.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Http;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Uses the {@link Shop} over HTTP. */
final class Customer {

    /** More than the connections of a pool of the how-tos, so that no dead one stays unseen. */
    private static final int MANY = 25;

    private static final String UNKNOWN = "A".repeat(43);

    private final Http shop;

    Customer(Http shop) {
        this.shop = shop;
    }

    String logIn() {
        var answer = shop.post("/api/login", credentials(), "Content-Type", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Logs in often at once, by which a pool gets many connections. */
    void crowd() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(MANY);
        try {
            Callable<String> logIn = this::logIn;
            for (Future<String> each : threads.invokeAll(
                    Stream.generate(() -> logIn).limit(4 * MANY).toList())) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whether logins, a session and questions to the database all succeed, many times in a row. */
    boolean isServed(String token) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> List.of(
                        shop.post("/api/login", credentials(), "Content-Type", "application/json")
                                .statusCode(),
                        me(token),
                        me(UNKNOWN)))
                .allMatch(List.of(200, 200, 401)::equals);
    }

    void logOut(String token) {
        var answer = shop.post("/api/logout", "", "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    boolean isLoggedOut(String token) {
        return me(token) == 401;
    }

    /** What the node is doing. */
    JsonObject status() {
        var answer = shop.get("/lockstep/admin/status", "Authorization", "Bearer " + logIn());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.createReader(new StringReader(answer.body())).readObject();
    }

    private int me(String token) {
        return shop.get("/api/me", "Authorization", "Bearer " + token).statusCode();
    }

    @Override
    public String toString() {
        return shop.uri("").toString();
    }

    private static String credentials() {
        return Json.createObjectBuilder()
                .add("username", "alice")
                .add("password", "sesame")
                .build()
                .toString();
    }
}

package dev.lockstep.it.health;

import dev.lockstep.it.Http;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What a server answers to probes: WildFly by its management interface, Payara by its own. */
final class Health {

    private final Http http;

    private Health(Http http) {
        this.http = http;
    }

    static Health ofServer() {
        return new Health(Http.at(Integer.getInteger("it.management.port", Http.port()), "health"));
    }

    boolean isUp(String kind, String name) {
        return existing(kind, name).getString("status").equals("UP");
    }

    /** There is no such check any more, or no server: Payara ends with its only application. */
    boolean isGone(String kind, String name) {
        try {
            return check(kind, name).isEmpty();
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    boolean isReady() {
        return isUp("ready", "lockstep");
    }

    /** Of the data of readiness. */
    String text(String key) {
        return existing("ready", "lockstep").getJsonObject("data").getString(key);
    }

    /** Of the data of readiness. Payara makes a text of it. */
    long number(String key) {
        JsonValue value = existing("ready", "lockstep").getJsonObject("data").get(key);
        return Long.parseLong(value.toString().replace("\"", ""));
    }

    private JsonObject existing(String kind, String name) {
        return check(kind, name).orElseThrow(() -> new AssertionError("no " + name + ": " + answer(kind)));
    }

    /** @param kind {@code ready}, {@code started} or {@code live} */
    Optional<JsonObject> check(String kind, String name) {
        return Json.createReader(new StringReader(answer(kind))).readObject().getJsonArray("checks").stream()
                .map(check -> (JsonObject) check)
                .filter(check -> check.getString("name").equals(name))
                .findFirst();
    }

    private String answer(String kind) {
        return http.get(kind).body();
    }
}

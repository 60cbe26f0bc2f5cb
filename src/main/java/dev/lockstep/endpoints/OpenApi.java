package dev.lockstep.endpoints;

import dev.lockstep.endpoints.routing.Access;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The description of the endpoints, for programs: OpenAPI 3.1, with relative paths. */
final class OpenApi {

    private OpenApi() {}

    static Route route() {
        byte[] description = read();
        return Route.get("/openapi.json", Access.PUBLIC, call -> HttpAnswer.of("application/json", description));
    }

    private static byte[] read() {
        try (InputStream file = OpenApi.class.getResourceAsStream("openapi.json")) {
            return Objects.requireNonNull(file, "openapi.json").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

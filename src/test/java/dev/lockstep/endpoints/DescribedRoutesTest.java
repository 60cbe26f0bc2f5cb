package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.config.WebConfigs;
import dev.lockstep.endpoints.routing.Route;
import dev.lockstep.endpoints.routing.Routes;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is described is what there is. */
class DescribedRoutesTest {

    private static final Routes ROUTES =
            EndpointRoutes.of(WebConfigs.of(EndpointsSite.CONFIG).endpoints(), nobody());

    @Test
    void everyRouteIsDescribedAndNoOther() throws Exception {
        assertThat(described())
                .containsExactlyInAnyOrderElementsOf(ROUTES.all().stream()
                        .filter(route -> !isPage(route))
                        .map(route -> route.method() + " " + route.path().text())
                        .toList());
    }

    @Test
    void whatIsNotDescribedIsPublicAndReads() {
        assertThat(ROUTES.all().stream().filter(DescribedRoutesTest::isPage))
                .isNotEmpty()
                .allMatch(route -> route.method().equals("GET"))
                .allMatch(route -> !route.access().needsSession());
    }

    @Test
    void onlyPagesAndTheDescriptionAreForAnybody() {
        assertThat(ROUTES.all().stream()
                        .filter(route -> !route.access().needsSession())
                        .filter(route -> !isPage(route))
                        .map(route -> route.path().text()))
                .containsExactly("/openapi.json");
    }

    @Test
    void whatIsBelowAdminIsForAdministrators() {
        assertThat(ROUTES.all().stream().filter(route -> route.path().text().startsWith("/admin/")))
                .isNotEmpty()
                .allMatch(route -> route.access().groups().equals(Set.of("admin", "root")));
    }

    private static List<String> described() throws Exception {
        try (InputStream file = EndpointRoutes.class.getResourceAsStream("openapi.json");
                JsonReader reader = Json.createReader(file)) {
            return reader.readObject().getJsonObject("paths").entrySet().stream()
                    .flatMap(path -> methods(path.getKey(), path.getValue().asJsonObject()))
                    .toList();
        }
    }

    private static Stream<String> methods(String path, JsonObject operations) {
        return operations.keySet().stream().map(method -> method.toUpperCase(Locale.ROOT) + " " + path);
    }

    private static boolean isPage(Route route) {
        return route.path().text().startsWith("/pages/");
    }

    /** Nothing is asked while the table is made. */
    private static EndpointServices nobody() {
        return (EndpointServices) Proxy.newProxyInstance(
                DescribedRoutesTest.class.getClassLoader(),
                new Class<?>[] {EndpointServices.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}

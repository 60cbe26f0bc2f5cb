package dev.lockstep.endpoints.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The table of all routes. Of two templates that match a path the one with fewer variables counts.
 * Immutable.
 */
public final class Routes {

    private final List<Resource> resources;

    /**
     * @throws IllegalArgumentException if two routes are the same, or those of one path are for
     *     different callers
     */
    public Routes(List<Route> routes) {
        Map<PathTemplate, List<Route>> byPath = new LinkedHashMap<>();
        routes.forEach(route ->
                byPath.computeIfAbsent(route.path(), path -> new ArrayList<>()).add(route));
        resources = byPath.entrySet().stream()
                .map(entry -> new Resource(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(resource -> resource.path().variables()))
                .toList();
    }

    /** What is at a path below that of the endpoints. */
    public Optional<Found> at(String path) {
        return resources.stream()
                .flatMap(resource ->
                        resource.path().match(path).map(variables -> new Found(resource, variables)).stream())
                .findFirst();
    }

    /** Every route there is. */
    public List<Route> all() {
        return resources.stream()
                .flatMap(resource -> resource.routes().stream())
                .toList();
    }

    /**
     * A resource that was asked for.
     *
     * @param variables of its path, by name
     */
    public record Found(Resource resource, Map<String, String> variables) {}

    /** The routes of one path. */
    public record Resource(PathTemplate path, List<Route> routes) {

        public Resource {
            routes = List.copyOf(routes);
            boolean distinct = routes.stream().map(Route::method).distinct().count() == routes.size();
            boolean alike = routes.stream().map(Route::access).distinct().count() == 1;
            if (!distinct || !alike) {
                throw new IllegalArgumentException(path + ": one route for each method, all for the same callers");
            }
        }

        public Access access() {
            return routes.get(0).access();
        }

        /** Empty where the method is not allowed. */
        public Optional<Route> route(String method) {
            String wanted = method.equals("HEAD") ? "GET" : method;
            return routes.stream()
                    .filter(route -> route.method().equals(wanted))
                    .findFirst();
        }

        /** The value of an {@code Allow} header (RFC 9110, section 10.2.1). */
        public String allowed() {
            TreeSet<String> methods = new TreeSet<>();
            methods.add("OPTIONS");
            routes.forEach(route -> methods.add(route.method()));
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            return String.join(", ", methods);
        }
    }
}

package dev.lockstep.endpoints.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path below that of the endpoints, such as {@code /sessions/{id}}, where a variable takes one
 * segment. Immutable.
 *
 * @param text empty, or with a slash at its beginning
 */
public record PathTemplate(String text) {

    /** The variables of a path that matches, by name; empty where it does not match. */
    public Optional<Map<String, String>> match(String path) {
        List<String> wanted = segments(text);
        List<String> found = segments(path);
        if (wanted.size() != found.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int at = 0; at < wanted.size(); at++) {
            String segment = wanted.get(at);
            if (isVariable(segment) && !found.get(at).isEmpty()) {
                variables.put(segment.substring(1, segment.length() - 1), found.get(at));
            } else if (!segment.equals(found.get(at))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    /** How many of its segments are variables. */
    long variables() {
        return segments(text).stream().filter(PathTemplate::isVariable).count();
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}

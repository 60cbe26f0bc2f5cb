package dev.lockstep.endpoints.routing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a form or a query says: names and values as {@code application/x-www-form-urlencoded}
 * ({@code &} between them). A parameter without a value counts as left out (RFC 6749, section 3.1).
 * Immutable.
 */
public final class Parameters {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** @throws ProblemException 400 if it is malformed */
    Parameters(String text) {
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && equals + 1 < pair.length()) {
                values.computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
    }

    /**
     * The value of a parameter; empty where it is left out.
     *
     * @throws ProblemException 400 if it comes more than once
     */
    public Optional<String> get(String name) {
        List<String> found = values.getOrDefault(name, List.of());
        if (found.size() > 1) {
            throw new ProblemException(400, "The parameter " + name + " comes more than once.");
        }
        return found.stream().findFirst();
    }

    /**
     * Refuses what the caller takes for a condition, and nobody would look at.
     *
     * @throws ProblemException 400 if there are others than these
     */
    public Parameters only(String... names) {
        if (!Set.of(names).containsAll(values.keySet())) {
            throw new ProblemException(400, "The parameters are " + String.join(", ", names) + ", and no others.");
        }
        return this;
    }

    private static String decoded(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf('\ufffd') < 0) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // told below: its message quotes the text
        }
        throw new ProblemException(400, "The parameters are percent-encoded UTF-8.");
    }
}

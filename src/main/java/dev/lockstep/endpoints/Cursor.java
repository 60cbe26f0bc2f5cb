package dev.lockstep.endpoints;

import dev.lockstep.endpoints.routing.ProblemException;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of sessions begins. It holds the identifier of a session that its reader has seen,
 * and nothing else; one that is made up begins somewhere else among the same sessions.
 */
final class Cursor {

    /** Characters: an identifier has at most 128, of up to four bytes each. */
    private static final int LONGEST = 700;

    private Cursor() {}

    /** Adds where the next page begins, if there is one. */
    static JsonObjectBuilder addTo(JsonObjectBuilder answer, @Nullable String next) {
        return next == null ? answer : answer.add("next", of(next));
    }

    static String of(String next) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ProblemException 400 if it is none */
    static String read(String cursor) {
        try {
            if (cursor.length() <= LONGEST) {
                String next = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                if (of(next).equals(cursor)) {
                    return next;
                }
            }
        } catch (IllegalArgumentException e) {
            // told below: its message quotes the text
        }
        throw new ProblemException(400, "The cursor is none that an answer gave.");
    }
}

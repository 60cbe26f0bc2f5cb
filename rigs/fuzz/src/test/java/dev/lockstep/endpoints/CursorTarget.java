package dev.lockstep.endpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.endpoints.routing.ProblemException;

/** A page's cursor: the one text that {@link Cursor#of} makes of an identifier, or a problem. */
public final class CursorTarget {

    private CursorTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String cursor = new String(bytes, UTF_8);
        try {
            assertThat(Cursor.of(Cursor.read(cursor))).isEqualTo(cursor);
        } catch (ProblemException e) {
            assertThat(cursor.length() > 8 && e.getMessage().contains(cursor)).isFalse();
        }
    }
}

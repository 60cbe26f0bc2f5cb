package dev.lockstep.endpoints;

import dev.lockstep.endpoints.routing.Parameters;
import dev.lockstep.endpoints.routing.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list of sessions is asked for, by the parameters {@code cursor} and
 * {@code limit}: nobody has more of them read and held at once. Immutable.
 *
 * @param after what the page before ended with; null for the first
 * @param limit how many at most, 1 to {@link #LONGEST}
 */
record PageRequest(@Nullable String after, int limit) {

    static final int LONGEST = 200;

    private static final int USUAL = 50;

    /** @throws ProblemException 400 if they are malformed */
    static PageRequest of(Parameters query) {
        return new PageRequest(query.get("cursor").map(Cursor::read).orElse(null), limit(query));
    }

    private static int limit(Parameters query) {
        try {
            int limit = query.get("limit").map(Integer::parseInt).orElse(USUAL);
            if (limit >= 1 && limit <= LONGEST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new ProblemException(400, "The limit is a whole number from 1 to " + LONGEST + ".");
    }
}

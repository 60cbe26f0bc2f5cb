package dev.lockstep.endpoints.routing;

import java.util.Set;

/**
 * Who may use a route. Immutable.
 *
 * @param needsSession whether the request must present the token of a live session
 * @param groups of which that session must have one; empty where any session will do
 */
public record Access(boolean needsSession, Set<String> groups) {

    /** Anybody, without a token. */
    public static final Access PUBLIC = new Access(false, Set.of());

    /** Any live session. */
    public static final Access SESSION = new Access(true, Set.of());

    public Access {
        groups = Set.copyOf(groups);
    }

    /**
     * The sessions that have one of these groups.
     *
     * @throws IllegalArgumentException if there are none: that would let in everybody
     */
    public static Access oneOf(Set<String> groups) {
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("no groups");
        }
        return new Access(true, groups);
    }
}

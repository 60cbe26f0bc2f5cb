package dev.lockstep.web;

import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import org.jspecify.annotations.Nullable;

/** The filter's way from a header to a session, without a servlet container. */
public final class HeaderLookup {

    private HeaderLookup() {}

    public static @Nullable Session find(SessionManager sessions, String header) {
        return Credentials.parse(header) instanceof Credentials.Bearer bearer
                ? sessions.find(bearer.token()).orElse(null)
                : null;
    }
}

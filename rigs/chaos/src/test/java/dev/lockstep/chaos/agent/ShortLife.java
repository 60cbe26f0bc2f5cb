package dev.lockstep.chaos.agent;

import java.time.Duration;

/** Sessions that end after some seconds: the names of their principals say so. */
public final class ShortLife {

    private static final String PREFIX = "brief-";

    private ShortLife() {}

    public static String principal(long millis, int number) {
        return PREFIX + millis + "-" + number;
    }

    /** How long a session of this principal lives. */
    public static Duration of(String principal, Duration usual) {
        return principal.startsWith(PREFIX)
                ? Duration.ofMillis(Long.parseLong(principal.split("-")[1]))
                : usual;
    }
}

package dev.lockstep.chaos.client;

import java.util.Arrays;
import java.util.Locale;

/** What a client may do, and how often of a hundred times. */
enum ClientScript {
    /** Opens a session, uses it everywhere, ends it. */
    BRIEF(30),
    /** Ends it while other nodes load it for the first time. */
    RACED(22),
    ROTATED(10),
    ROTATED_WHILE_ENDING(8),
    FAMILY(5),
    JOINED_WHILE_ENDING(5),
    EXPIRING(6),
    VANISHED(4),
    LASTING(10),
    /** Too costly to be drawn: it has a rate of its own. */
    CROWD(0);

    private static final int FAVOURED_PERCENT = 60;

    private final int percent;

    ClientScript(int percent) {
        this.percent = percent;
    }

    /** @param favourite the one that is drawn most, or an empty text */
    static ClientScript draw(Timetable timetable, String favourite) {
        if (!favourite.isEmpty() && timetable.happens(FAVOURED_PERCENT)) {
            return valueOf(favourite.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        int chance = timetable.pick(
                Arrays.stream(values()).mapToInt(script -> script.percent).sum());
        for (ClientScript script : values()) {
            chance -= script.percent;
            if (chance < 0) {
                return script;
            }
        }
        throw new IllegalStateException("no script");
    }
}

package dev.lockstep.bench.scale;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which of the {@link SessionRows} live: all but those that have expired and those that were
 * ended meanwhile. One thread's.
 */
final class LiveSessions {

    private final Set<Long> ended = new HashSet<>();
    private final long sessions;

    /** @param sessions how many there are */
    LiveSessions(long sessions) {
        this.sessions = sessions;
    }

    /** How many there were. */
    long sessions() {
        return sessions;
    }

    /** The number of one of an ordinary principal, at random. */
    long any() {
        long number = draw();
        while (ended.contains(SessionRows.group(number))) {
            number = draw();
        }
        return number;
    }

    /** One that is about to end, and all that belong to the same principal. */
    long last() {
        long number = any();
        ended.add(SessionRows.group(number));
        return number;
    }

    private long draw() {
        return SessionRows.ordinary(ThreadLocalRandom.current().nextLong(sessions));
    }
}

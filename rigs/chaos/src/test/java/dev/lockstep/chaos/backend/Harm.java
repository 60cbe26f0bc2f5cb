package dev.lockstep.chaos.backend;

import java.util.concurrent.TimeUnit;

/**
 * Something that happens to a backend, lasts, and is over.
 *
 * @param kind what the report calls it
 * @param shortest how long it lasts at least, in milliseconds
 * @param longest how long it lasts at most, in milliseconds
 */
public record Harm(String kind, int shortest, int longest, Step begin, Step end) {

    /** A step of a harm. */
    public interface Step {
        void run() throws Exception;
    }

    static Harm atOnce(String kind, Step step) {
        return new Harm(kind, 0, 0, step, () -> {});
    }

    /** The same, by another name. */
    Harm named(String other) {
        return new Harm(other, shortest, longest, begin, end);
    }

    /** Does the harm, and undoes it also when interrupted. */
    public void happen(int millis) throws Exception {
        begin.run();
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } finally {
            end.run();
        }
    }
}

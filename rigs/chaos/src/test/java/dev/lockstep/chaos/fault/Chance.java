package dev.lockstep.chaos.fault;

import dev.lockstep.chaos.agent.Aim.Choice;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The random choices of one fault, but for those that are not left to chance. Used by one thread.
 */
public final class Chance {

    private final Random random;
    private final Map<Choice, Boolean> choices;

    /** @param choices what is done, or not, whatever is drawn */
    Chance(long seed, Map<Choice, Boolean> choices) {
        this.random = new Random(seed);
        this.choices = choices;
    }

    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    boolean happens(int percent) {
        return random.nextInt(100) < percent;
    }

    boolean happens(Choice choice, int percent) {
        boolean drawn = happens(percent);
        return choices.getOrDefault(choice, drawn);
    }

    /** Lets time pass. */
    void last(int fromMillis, int toMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(between(fromMillis, toMillis));
    }
}

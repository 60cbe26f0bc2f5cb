package dev.lockstep.cdi;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.spi.RevocationSteps;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that listeners have given to follow one call, as one that never throws. Immutable.
 *
 * @param failures takes what they throw, behind who threw it
 */
record FollowedRevocation(List<RevocationSteps> all, BiConsumer<Object, Throwable> failures)
        implements RevocationSteps {

    @Override
    public void committed(Duration took) {
        tellEach(steps -> steps.committed(took));
    }

    @Override
    public void pushed(int nodes) {
        tellEach(steps -> steps.pushed(nodes));
    }

    @Override
    public void ended(@Nullable RevocationOutcome outcome, @Nullable Throwable failure) {
        tellEach(steps -> steps.ended(outcome, failure));
    }

    private void tellEach(Consumer<RevocationSteps> step) {
        for (RevocationSteps steps : all) {
            try {
                step.accept(steps);
            } catch (RuntimeException | Error e) {
                failures.accept(steps, e);
            }
        }
    }
}

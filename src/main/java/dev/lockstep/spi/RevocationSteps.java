package dev.lockstep.spi;

import dev.lockstep.RevocationOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears how one call that ends sessions goes on, whichever threads it goes on on. A
 * {@link NodeListener} gives one for a call that it wants to follow, so that it knows whose caller
 * these steps belong to: a trace does.
 *
 * <p>What holds for the methods of a listener holds for these: be quick, do not block; what they
 * throw is logged, at most once a minute, and has no effect. Every method does nothing by default.
 */
public interface RevocationSteps {

    /**
     * The call was committed, or a part of it, perhaps together with others. Called by the thread
     * that committed it.
     *
     * @param took since the commit was sent
     */
    default void committed(Duration took) {}

    /**
     * What was committed is pushed to the other nodes. Called by the thread that committed it,
     * after {@link #committed}.
     *
     * @param nodes how many are waited for
     */
    default void pushed(int nodes) {}

    /**
     * The call is over. Called once, by the thread that found out.
     *
     * @param outcome null where it failed, or is not known to hold
     * @param failure null where it holds on every node
     */
    default void ended(@Nullable RevocationOutcome outcome, @Nullable Throwable failure) {}
}

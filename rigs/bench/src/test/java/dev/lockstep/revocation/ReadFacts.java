package dev.lockstep.revocation;

import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel;
import java.lang.reflect.Field;
import java.util.List;

/** Facts that are filled without a log of as many rows. */
public final class ReadFacts {

    private ReadFacts() {}

    /**
     * Adds revocations to a node's facts as if a poll had read them.
     *
     * @param receiver what the node hands to its channel
     */
    public static void add(RevocationChannel.Receiver receiver, List<Revocation> revocations) {
        CurrentFacts current = current(receiver);
        current.applyFromLog(current.get(), revocations);
    }

    private static CurrentFacts current(RevocationChannel.Receiver receiver) {
        try {
            Field current = Pokes.class.getDeclaredField("current");
            current.setAccessible(true);
            return (CurrentFacts) current.get(receiver);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the product has changed", e);
        }
    }
}

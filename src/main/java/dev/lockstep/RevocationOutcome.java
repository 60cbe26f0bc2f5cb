package dev.lockstep;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a {@code revoke…} method of {@link SessionManager} has brought about. A revocation that
 * could not be seen through has none, but an exception.
 *
 * @param awaited whether it was waited for until no node accepted any more what was revoked. False
 *     where {@code lockstep.logout=async} has a blocking method return once the revocation is
 *     committed: then it is true on every node one lease later, and all that follows here tells of
 *     the commit alone, of no node and no waiting
 * @param nodes how many nodes of the application, this one aside, were there when it was committed:
 *     none of them accepts what was revoked. 0 also where the application's own store keeps no
 *     revocation log, so that every node asks the store each time
 * @param since the moment from which on that holds, by the store's clock as this node knows it: up
 *     to some milliseconds after the true one, not before it
 * @param waited for how long the other nodes were waited for, counted from the commit, the longest
 *     of them where there were several; never negative
 * @param waitedOut the names of the nodes that did not answer, so that the end of their lease was
 *     waited for, in alphabetical order; unmodifiable
 */
public record RevocationOutcome(boolean awaited, int nodes, Instant since, Duration waited, List<String> waitedOut) {

    public RevocationOutcome {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(waited, "waited");
        waitedOut = List.copyOf(waitedOut);
    }
}

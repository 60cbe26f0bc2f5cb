package dev.lockstep.revocation;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.spi.RevocationLog.NodeRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * That something committed holds on every node. Immutable.
 *
 * @param nodes the row identifiers of the other nodes, as they were read behind the commit
 * @param waitedOut those whose lease had to be waited out
 * @param sinceMillis from when on, by the store's clock as this node knows it: not too early
 * @param waited since the commit had returned
 */
record Settled(Set<String> nodes, Set<NodeRow> waitedOut, long sinceMillis, Duration waited) {

    /** Of no commit. */
    static final Settled NOTHING = atOnce(Set.of(), 0);

    /** It held as soon as it was committed. */
    static Settled atOnce(Collection<String> nodes, long sinceMillis) {
        return new Settled(Set.copyOf(nodes), Set.of(), sinceMillis, Duration.ZERO);
    }

    /** Both hold. */
    Settled and(Settled other) {
        return new Settled(
                union(nodes, other.nodes),
                union(waitedOut, other.waitedOut),
                Math.max(sinceMillis, other.sinceMillis),
                waited.compareTo(other.waited) > 0 ? waited : other.waited);
    }

    /** For whoever has waited for it. */
    RevocationOutcome outcome() {
        List<String> names = waitedOut.stream().map(NodeRow::name).sorted().toList();
        return new RevocationOutcome(true, nodes.size(), Instant.ofEpochMilli(sinceMillis), waited, names);
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        return Stream.of(one, other).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }
}

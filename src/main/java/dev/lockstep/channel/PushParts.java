package dev.lockstep.channel;

import dev.lockstep.spi.Revocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A push that is too long for one message goes in several, each a push of its own. A node has
 * acknowledged it all once the same row has acknowledged each part: what its facts hold of one they
 * still hold when they hold the others. Thread-safe.
 */
final class PushParts {

    private final List<List<Revocation>> parts;
    private final Consumer<String> acknowledged;
    private final Map<String, Set<Integer>> byRow = new ConcurrentHashMap<>();

    private PushParts(List<List<Revocation>> parts, Consumer<String> acknowledged) {
        this.parts = parts;
        this.acknowledged = acknowledged;
    }

    /**
     * Divides revocations, in their order.
     *
     * @param mostBytes that a part has, unless a single revocation has more
     * @param acknowledged called with each row that has acknowledged all
     */
    static PushParts of(List<Revocation> revocations, int mostBytes, Consumer<String> acknowledged) {
        List<List<Revocation>> parts = new ArrayList<>();
        int bytes = mostBytes;
        for (Revocation revocation : revocations) {
            int more = RevocationFormat.length(revocation);
            if (parts.isEmpty() || bytes + more > mostBytes) {
                parts.add(new ArrayList<>());
                bytes = 0;
            }
            parts.get(parts.size() - 1).add(revocation);
            bytes += more;
        }
        return new PushParts(parts, acknowledged);
    }

    int count() {
        return parts.size();
    }

    List<Revocation> part(int number) {
        return parts.get(number);
    }

    /** A row has acknowledged one part. */
    void acknowledged(int number, String row) {
        Set<Integer> held = byRow.computeIfAbsent(row, none -> ConcurrentHashMap.newKeySet());
        held.add(number);
        if (held.size() == parts.size()) {
            acknowledged.accept(row);
        }
    }
}

package dev.lockstep.sim.store;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The clock row and the log behind it, with an index by digest and by session. */
final class StoredLog {

    private final Journal journal;
    /** The first has the position after the floor. */
    private final List<Revocation> rows = new ArrayList<>();

    private final Map<TokenDigest, List<Revocation>> byDigest = new HashMap<>();
    private final Map<String, List<Revocation>> bySession = new HashMap<>();
    private long epoch;
    private long position;
    private long floor;
    private int trimmed;

    StoredLog(Journal journal, long epoch) {
        this.journal = journal;
        this.epoch = epoch;
    }

    LogPosition head() {
        return new LogPosition(epoch, position);
    }

    long floor() {
        return floor;
    }

    void append(Revocation row) {
        rows.add(row);
        byDigest.computeIfAbsent(row.digest(), digest -> new ArrayList<>()).add(row);
        bySession.computeIfAbsent(row.sessionId(), id -> new ArrayList<>()).add(row);
        position = row.position();
        journal.changed(this::takeLast);
    }

    private void takeLast() {
        Revocation last = rows.remove(rows.size() - 1);
        position = last.position() - 1;
        removeFrom(byDigest, last.digest(), last);
        removeFrom(bySession, last.sessionId(), last);
    }

    private static <K> void removeFrom(Map<K, List<Revocation>> index, K key, Revocation row) {
        List<Revocation> found = index.get(key);
        if (found != null) {
            found.remove(row);
            if (found.isEmpty()) {
                index.remove(key);
            }
        }
    }

    /** What follows a place, in order. */
    List<Revocation> after(long place, int most) {
        int from = trimmed + (int) Math.max(0, Math.min(position, place) - floor);
        int to = (int) Math.min(rows.size(), (long) from + most);
        return from < to ? List.copyOf(rows.subList(from, to)) : List.of();
    }

    List<Revocation> ofSession(String id, int most) {
        return bySession.getOrDefault(id, List.of()).stream()
                .filter(row -> row.position() > floor)
                .limit(most)
                .toList();
    }

    /** Whose session a digest opened, or was announced as: what is known before what is not. */
    @Nullable
    String sessionOf(TokenDigest digest) {
        String opened = openedSession(digest);
        return opened == null ? first(digest, false) : opened;
    }

    @Nullable
    String openedSession(TokenDigest digest) {
        return first(digest, true);
    }

    private @Nullable String first(TokenDigest digest, boolean opened) {
        return byDigest.getOrDefault(digest, List.of()).stream()
                .filter(row -> row.position() > floor && (!opened || row.cause() != Cause.TOKEN_GONE))
                .findFirst()
                .map(Revocation::sessionId)
                .orElse(null);
    }

    /** Rows that are trimmed stay in memory, so that the trimming can be taken back. */
    void trim(LogPosition upTo, int most) {
        long next = Math.min(Math.min(upTo.position(), position), floor + most);
        if (upTo.epoch() == epoch && next > floor) {
            long former = floor;
            setFloor(next);
            journal.changed(() -> setFloor(former));
        }
    }

    private void setFloor(long next) {
        trimmed += (int) (next - floor);
        floor = next;
    }

    void startEpoch(long next) {
        long former = epoch;
        epoch = next;
        journal.changed(() -> epoch = former);
    }

    int size() {
        return rows.size() - trimmed;
    }
}

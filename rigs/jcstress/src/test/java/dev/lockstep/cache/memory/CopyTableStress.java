package dev.lockstep.cache.memory;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.memory.CopyTable.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The table of near copies: one thread looks for a copy, by fingerprint or digest, while others
 * put, replace, remove, identify and make room. All keys are in one chain.
 *
 * <p>Each test has two threads, so that all run on a machine with two processors. Those who write
 * hold one lock, so where order alone matters one thread does what two would.
 */
public final class CopyTableStress {

    private static final Instant OPENED = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final Session SESSION = new Session(
            "id", "alice", Set.of(), Map.of(), OPENED, OPENED, OPENED.plusSeconds(3600), Duration.ofHours(1));

    private CopyTableStress() {}

    private static TokenDigest digest(long number) {
        return new TokenDigest(number << 40, number, number, number);
    }

    private static @Nullable Entry byFingerprint(CopyTable table, long number) {
        return table.get(number << 40, number);
    }

    private static void noteFingerprint(CopyTable table, long number) {
        table.identify(digest(number), number << 40, number);
    }

    private static Entry entry(long number, long position) {
        return new Entry(new SessionCopy(digest(number), SESSION, number, position), number);
    }

    private static void put(CopyTable table, long number, long position) {
        table.put(entry(number, position));
        noteFingerprint(table, number);
    }

    /** What was found when this number was looked for: its position, or what must not be. */
    private static String found(@Nullable Entry entry, long number) {
        if (entry == null) {
            return "nothing";
        }
        boolean whole = entry.digest().equals(digest(number))
                && entry.epoch() == number
                && entry.hasExpired(number)
                && !entry.hasExpired(number - 1)
                && entry.session() == SESSION;
        return whole ? String.valueOf(entry.position()) : "another";
    }

    /** A copy is put and identified: it is found whole or not at all. */
    @JCStressTest
    @State
    @Outcome(id = "nothing", expect = ACCEPTABLE, desc = "before it could be found")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "whole")
    @Outcome(expect = FORBIDDEN, desc = "half a copy, or another's")
    public static class FoundWhole {

        private final CopyTable table = new CopyTable(100);

        @Actor
        public void put() {
            CopyTableStress.put(table, 1, 1);
        }

        @Actor
        public void find(L_Result result) {
            result.r1 = found(byFingerprint(table, 1), 1);
        }
    }

    /** A copy is replaced: one of the two is found by either key, never nothing. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 1", "1, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "the former, then the later")
    @Outcome(id = "2, 1", expect = ACCEPTABLE_INTERESTING, desc = "the two keys are not changed at once")
    @Outcome(expect = FORBIDDEN, desc = "a gap, or another's")
    public static class ReplacedWithoutGap {

        private final CopyTable table = new CopyTable(100);

        public ReplacedWithoutGap() {
            put(table, 1, 1);
            put(table, 2, 1);
        }

        @Actor
        public void replace() {
            table.put(entry(1, 2));
        }

        @Actor
        public void find(LL_Result result) {
            result.r1 = found(table.get(digest(1)), 1);
            result.r2 = found(byFingerprint(table, 1), 1);
        }
    }

    /** Neighbours leave and come while a reader passes: what stays is found. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "found")
    @Outcome(expect = FORBIDDEN, desc = "lost on the way")
    public static class FoundAmongThoseWhoLeave {

        private final CopyTable table = new CopyTable(100);

        public FoundAmongThoseWhoLeave() {
            for (long number = 1; number <= 4; number++) {
                put(table, number, 1);
            }
        }

        @Actor
        public void comeAndLeave() {
            table.remove(digest(3));
            CopyTableStress.put(table, 5, 1);
            table.remove(digest(4));
            table.remove(digest(2));
        }

        @Actor
        public void find(LL_Result result) {
            result.r1 = found(byFingerprint(table, 1), 1);
            result.r2 = found(table.get(digest(1)), 1);
        }
    }

    /** A drop: who has seen that it is over finds nothing by either key. */
    @JCStressTest
    @State
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "before the drop")
    @Outcome(
            id = {"false, nothing", "true, nothing"},
            expect = ACCEPTABLE,
            desc = "dropped")
    @Outcome(expect = FORBIDDEN, desc = "found after it was dropped")
    public static class DroppedIsGone {

        private final CopyTable table = new CopyTable(100);
        private volatile boolean dropped;

        public DroppedIsGone() {
            put(table, 2, 1);
            put(table, 1, 1);
            put(table, 3, 1);
        }

        @Actor
        public void dropAmongThoseWhoLeave() {
            table.remove(digest(3));
            table.remove(digest(1));
            dropped = true;
            table.remove(digest(2));
        }

        @Actor
        public void find(LL_Result result) {
            result.r1 = dropped;
            result.r2 = found(byFingerprint(table, 1), 1);
        }
    }

    /** A drop while another thread identifies the copy: no fingerprint outlives it. */
    @JCStressTest
    @State
    @Outcome(id = "nothing", expect = ACCEPTABLE, desc = "identified and dropped, or not identified")
    @Outcome(expect = FORBIDDEN, desc = "identified after it was dropped")
    public static class DroppedWhileIdentified {

        private final CopyTable table = new CopyTable(100);

        public DroppedWhileIdentified() {
            table.put(entry(1, 1));
        }

        @Actor
        public void identify() {
            noteFingerprint(table, 1);
        }

        @Actor
        public void drop() {
            table.remove(digest(1));
        }

        @Arbiter
        public void after(L_Result result) {
            result.r1 = found(byFingerprint(table, 1), 1);
        }
    }

    /** Others make room, and reuse the room: a reader finds its own copy or nothing. */
    @JCStressTest
    @State
    @Outcome(
            id = {"1, 1", "1, nothing", "nothing, nothing"},
            expect = ACCEPTABLE,
            desc = "until it made room")
    @Outcome(expect = FORBIDDEN, desc = "another's, or back again")
    public static class EvictedForOthers {

        private final CopyTable table = new CopyTable(2);

        public EvictedForOthers() {
            put(table, 1, 1);
            put(table, 2, 1);
        }

        @Actor
        public void putOthers() {
            CopyTableStress.put(table, 3, 1);
            CopyTableStress.put(table, 4, 1);
        }

        @Actor
        public void find(LL_Result result) {
            result.r1 = found(byFingerprint(table, 1), 1);
            result.r2 = found(byFingerprint(table, 1), 1);
        }
    }
}

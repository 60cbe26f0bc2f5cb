package dev.lockstep.revocation;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * The set of revoked digests under one writer at a time and readers without a lock. Each test has
 * two threads, so that all run on a machine with two processors.
 */
public final class RevokedSetStress {

    private static final TokenDigest NOTHING = new TokenDigest(0, 0, 0, 0);
    private static final TokenDigest DIGEST = likeNothing();

    private static final List<TokenDigest> OTHERS = Stream.generate(new Random(1)::nextLong)
            .map(a -> new TokenDigest(a, 5, 6, 7))
            .limit(RevokedSet.SMALLEST)
            .toList();

    private RevokedSetStress() {}

    /** Of the same tag as a slot's zeros before its digest is written. */
    private static TokenDigest likeNothing() {
        long tag = RevokedSet.Table.tag(RevokedSet.Table.hash(0));
        long a = 1;
        while (RevokedSet.Table.tag(RevokedSet.Table.hash(a)) != tag) {
            a++;
        }
        return new TokenDigest(a, 2, 3, 4);
    }

    /** With one group, so that all digests have one home. */
    private static RevokedSet small() {
        return set(8);
    }

    private static RevokedSet set(int max) {
        return new RevokedSet(new FactsLimits(max, Duration.ofHours(1)), 0);
    }

    private static boolean add(RevokedSet set, TokenDigest digest) {
        return set.add(new Revocation(1, digest, "id", "alice", Revocation.Cause.REVOKED, Instant.EPOCH));
    }

    private static RevokedSet full() {
        RevokedSet set = set(1_000);
        OTHERS.forEach(digest -> add(set, digest));
        return set;
    }

    /** Who knows that an addition returned finds the digest; who found it finds it again. */
    @JCStressTest
    @State
    @Outcome(id = "false, false, false", expect = ACCEPTABLE, desc = "before it")
    @Outcome(id = "false, false, true", expect = ACCEPTABLE, desc = "between the look-ups")
    @Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "added, not yet told")
    @Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "after it")
    @Outcome(expect = FORBIDDEN, desc = "lost")
    public static class AddedIsFound {

        private final RevokedSet set = small();
        private volatile boolean added;

        @Actor
        public void add() {
            RevokedSetStress.add(set, DIGEST);
            added = true;
        }

        @Actor
        public void look(ZZZ_Result result) {
            result.r1 = added;
            result.r2 = set.contains(DIGEST);
            result.r3 = set.contains(DIGEST);
        }
    }

    /** A slot whose tag is there has its whole digest: it is never taken for the zeros before. */
    @JCStressTest
    @State
    @Outcome(id = "false", expect = ACCEPTABLE, desc = "nobody added it")
    @Outcome(id = "true", expect = FORBIDDEN, desc = "half a digest was seen")
    public static class NoDigestIsSeenInPart {

        private final RevokedSet set = small();

        @Actor
        public void add() {
            RevokedSetStress.add(set, DIGEST);
        }

        @Actor
        public void look(Z_Result result) {
            result.r1 = set.contains(NOTHING);
        }
    }

    /** What was there is there while the table grows. */
    @JCStressTest
    @State
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "in either table")
    @Outcome(expect = FORBIDDEN, desc = "lost")
    public static class GrowthLosesNothing {

        private final RevokedSet set = full();

        @Actor
        public void grow() {
            add(set, DIGEST);
        }

        @Actor
        public void look(ZZ_Result result) {
            result.r1 = set.contains(OTHERS.get(0));
            result.r2 = set.contains(OTHERS.get(OTHERS.size() - 1));
        }
    }

    /** An addition that makes the table grow is found once it returned, as any is. */
    @JCStressTest
    @State
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "before it")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "added, not yet told")
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "after it")
    @Outcome(id = "true, false", expect = FORBIDDEN, desc = "added to a table that nobody reads")
    public static class AddedWhileGrowingIsFound {

        private final RevokedSet set = full();
        private volatile boolean added;

        @Actor
        public void add() {
            RevokedSetStress.add(set, DIGEST);
            added = true;
        }

        @Actor
        public void look(ZZ_Result result) {
            result.r1 = added;
            result.r2 = set.contains(DIGEST);
        }
    }

    /** Two digests, one after the other, whose tags share a long: each is seen whole. */
    @JCStressTest
    @State
    @Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "both are there in the end")
    @Outcome(expect = FORBIDDEN, desc = "one is lost, or half a digest was seen")
    public static class TagsShareALong {

        private final RevokedSet set = small();

        @Actor
        public void add() {
            RevokedSetStress.add(set, DIGEST);
            RevokedSetStress.add(set, OTHERS.get(0));
        }

        @Actor
        public void look(ZZZ_Result result) {
            result.r1 = set.contains(NOTHING);
        }

        @Arbiter
        public void after(ZZZ_Result result) {
            result.r2 = set.contains(DIGEST);
            result.r3 = set.contains(OTHERS.get(0));
        }
    }

    /** The older generation goes, and the younger stays where a reader finds it. */
    @JCStressTest
    @State
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "in the younger generation, or the older")
    @Outcome(id = "false", expect = FORBIDDEN, desc = "lost between the two")
    public static class ForgettingKeepsTheYounger {

        private final RevokedSet set = small();

        public ForgettingKeepsTheYounger() {
            add(set, OTHERS.get(0));
            set.forgetOlder(0);
            add(set, DIGEST);
        }

        @Actor
        public void forget() {
            set.forgetOlder(1);
        }

        @Actor
        public void look(Z_Result result) {
            result.r1 = set.contains(DIGEST);
        }
    }
}

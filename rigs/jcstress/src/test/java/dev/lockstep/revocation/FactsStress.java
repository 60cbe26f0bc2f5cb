package dev.lockstep.revocation;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.RevocationSettings.FactsLimits;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Facts under all interleavings that a machine comes up with: one thread judges a copy from before
 * a revocation, while another does what the feed, a push or a restart does. Two threads each, so
 * that all tests run on a machine with two processors.
 */
public final class FactsStress {

    private static final TokenDigest DIGEST = new TokenDigest(1, 2, 3, 4);
    private static final Instant OPENED = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final Duration LEASE = Duration.ofSeconds(2);

    private static final SessionCopy COPY = new SessionCopy(
            DIGEST,
            new Session(
                    "id", "alice", Set.of(), Map.of(), OPENED, OPENED, OPENED.plusSeconds(3600), LEASE.multipliedBy(9)),
            1,
            0);

    private FactsStress() {}

    /** A clock that stands still, so that only the order of reads and writes decides. */
    private static final class Still implements NodeClock {
        @Override
        public long nanoTime() {
            return 1_000_000;
        }

        @Override
        public long wallMillis() {
            return OPENED.toEpochMilli();
        }
    }

    private static Facts facts(int max) {
        return new Facts("node", new LogPosition(1, 0), new FactsLimits(max, Duration.ofHours(1)), new Still());
    }

    private static Revocation revocation(long position, TokenDigest digest) {
        return new Revocation(position, digest, "id", "alice", Revocation.Cause.REVOKED, OPENED);
    }

    private static void grant(Facts facts) {
        facts.grant(Lease.Start.now(new Still()), LEASE, OPENED.toEpochMilli());
    }

    /** A poll: the facts are completed before the lease that vouches for them is published. */
    @JCStressTest
    @State
    @Outcome(id = "UNKNOWN", expect = ACCEPTABLE, desc = "before the lease")
    @Outcome(id = "REVOKED", expect = ACCEPTABLE, desc = "after the facts")
    @Outcome(id = "LIVE", expect = FORBIDDEN, desc = "a stale copy was used")
    public static class LeaseAfterFacts {

        private final Facts facts = facts(100);

        @Actor
        public void poll() {
            facts.apply(List.of(revocation(1, DIGEST)));
            grant(facts);
        }

        @Actor
        public void validate(L_Result result) {
            result.r1 = facts.judge(COPY);
        }
    }

    /** A poll of a log whose row was trimmed: the floor is raised before the lease is published. */
    @JCStressTest
    @State
    @Outcome(id = "UNKNOWN", expect = ACCEPTABLE, desc = "no lease, or below the floor")
    @Outcome(id = "LIVE", expect = FORBIDDEN, desc = "a stale copy was used")
    public static class LeaseAfterFloor {

        private final Facts facts = facts(100);

        @Actor
        public void poll() {
            facts.raiseFloor(1);
            grant(facts);
        }

        @Actor
        public void validate(L_Result result) {
            result.r1 = facts.judge(COPY);
        }
    }

    /** Forgetting, while a lease runs: the floor is raised before the digest goes. */
    @JCStressTest
    @State
    @Outcome(id = "REVOKED", expect = ACCEPTABLE, desc = "not forgotten yet")
    @Outcome(id = "UNKNOWN", expect = ACCEPTABLE, desc = "below the floor")
    @Outcome(id = "LIVE", expect = FORBIDDEN, desc = "forgotten before the floor was raised")
    public static class ForgetAfterFloor {

        private final Facts facts = facts(2);

        public ForgetAfterFloor() {
            facts.apply(List.of(revocation(1, DIGEST)));
            grant(facts);
        }

        @Actor
        public void forget() {
            facts.apply(
                    List.of(revocation(2, new TokenDigest(5, 6, 7, 8)), revocation(3, new TokenDigest(9, 1, 2, 3))));
        }

        @Actor
        public void validate(L_Result result) {
            result.r1 = facts.judge(COPY);
        }
    }

    /** A push: whoever has seen the acknowledgement is not accepted any more. */
    @JCStressTest
    @State
    @Outcome(id = "false, LIVE", expect = ACCEPTABLE_INTERESTING, desc = "before the acknowledgement")
    @Outcome(id = "false, REVOKED", expect = ACCEPTABLE, desc = "applied, not yet acknowledged")
    @Outcome(id = "true, REVOKED", expect = ACCEPTABLE, desc = "after the acknowledgement")
    @Outcome(id = "true, LIVE", expect = FORBIDDEN, desc = "acknowledged before it was applied")
    public static class AcknowledgedIsApplied {

        private final Facts facts = facts(100);
        private volatile boolean acknowledged;

        public AcknowledgedIsApplied() {
            grant(facts);
        }

        @Actor
        public void push() {
            facts.apply(List.of(revocation(1, DIGEST)));
            acknowledged = true;
        }

        @Actor
        public void validate(LL_Result result) {
            result.r1 = acknowledged;
            result.r2 = facts.judge(COPY);
        }
    }

    /** Starting afresh: facts that ended are not revived by a grant that comes late. */
    @JCStressTest
    @State
    @Outcome(id = "true, UNKNOWN", expect = ACCEPTABLE, desc = "ended")
    @Outcome(id = "false, UNKNOWN", expect = ACCEPTABLE, desc = "ending")
    @Outcome(id = "false, LIVE", expect = ACCEPTABLE_INTERESTING, desc = "before the end")
    @Outcome(id = "true, LIVE", expect = FORBIDDEN, desc = "revived")
    public static class EndedIsForGood {

        private final Facts facts = facts(100);
        private volatile boolean left;

        @Actor
        public void end() {
            facts.end();
            left = true;
        }

        @Actor
        public void grantLateAndValidate(LL_Result result) {
            grant(facts);
            result.r1 = left;
            result.r2 = facts.judge(COPY);
        }
    }
}

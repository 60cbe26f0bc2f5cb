package dev.lockstep.revocation;

import dev.lockstep.RevocationsMissed;
import dev.lockstep.TokenDigest;
import dev.lockstep.revocation.RevocationCommitter.Writes;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A committer before a store that no node trusts copies of. */
final class Committing {

    private final AtomicBoolean underWay = new AtomicBoolean();
    private final AtomicBoolean two = new AtomicBoolean();
    final RevocationCommitter committer;

    Committing(Executor executor) {
        CurrentFacts facts = new CurrentFacts(Nodes.STILL, new Nobody(), NodeListener.NONE);
        Settlement settlement = new Settlement(facts, null, null, Duration.ofSeconds(1), NodeListener.NONE);
        committer =
                new RevocationCommitter(new OneAtATime(), settlement, null, executor, Nodes.STILL, NodeListener.NONE);
    }

    PendingRevocation revoke(long token) {
        return committer.revoke(new OfToken(new TokenDigest(token, 0, 0, 0)));
    }

    /** Whether two transactions were under way at a time. */
    boolean wereTwoAtATime() {
        return two.get();
    }

    private final class OneAtATime implements Writes {

        private static final NodeRows NOBODY = new NodeRows(new LogPosition(0, 0), List.of());

        @Override
        public Committed<List<Revoked>> revoke(List<RevocationTarget> targets) {
            if (underWay.getAndSet(true)) {
                two.set(true);
            }
            List<Revoked> all =
                    targets.stream().map(target -> new Revoked(null, List.of())).toList();
            underWay.set(false);
            return new Committed<>(all, NOBODY);
        }

        @Override
        public @Nullable Committed<Rotated> rotate(TokenDigest current, TokenDigest next) {
            return null;
        }
    }

    private static final class Nobody implements RevocationListener {

        @Override
        public void dropCopies(TokenDigest digest) {}

        @Override
        public void dropShared(TokenDigest digest) {}

        @Override
        public void learnt(Revocation revocation, Duration lag) {}

        @Override
        public void missed(RevocationsMissed missed) {}
    }
}

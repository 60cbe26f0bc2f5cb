package dev.lockstep.store.jdbc;

import dev.lockstep.LogPosition;
import dev.lockstep.Revocation;
import dev.lockstep.RevocationTarget;
import dev.lockstep.RevocationTarget.OfId;
import dev.lockstep.RevocationTarget.OfPrincipal;
import dev.lockstep.RevocationTarget.OfToken;
import dev.lockstep.RevocationTarget.OthersOf;
import dev.lockstep.Revoked;
import dev.lockstep.TokenDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what became of each target of a batch. */
final class Targets {

    private Targets() {}

    /**
     * A session that several targets mean is listed under each of them.
     *
     * @param head the log after the batch
     * @param ended what the batch ended
     * @param earlier positions of digests that had been revoked before
     */
    static List<Revoked> outcomes(
            List<RevocationTarget> targets, LogPosition head, List<Revocation> ended, Map<TokenDigest, Long> earlier) {
        return targets.stream()
                .map(target -> outcome(target, head, ended, earlier))
                .toList();
    }

    private static Revoked outcome(
            RevocationTarget target, LogPosition head, List<Revocation> ended, Map<TokenDigest, Long> earlier) {
        List<Revocation> own =
                ended.stream().filter(revocation -> means(target, revocation)).toList();
        if (!own.isEmpty()) {
            return new Revoked(at(head, own.get(own.size() - 1).position()), own);
        }
        return new Revoked(target instanceof OfToken of ? earlier(of, head, earlier) : head, own);
    }

    private static @Nullable LogPosition earlier(OfToken target, LogPosition head, Map<TokenDigest, Long> earlier) {
        Long position = earlier.get(target.digest());
        return position == null ? null : at(head, position);
    }

    private static LogPosition at(LogPosition head, long position) {
        return new LogPosition(head.epoch(), position);
    }

    private static boolean means(RevocationTarget target, Revocation revocation) {
        if (target instanceof OfToken of) {
            return of.digest().equals(revocation.digest());
        }
        if (target instanceof OfId of) {
            return of.sessionId().equals(revocation.sessionId());
        }
        if (target instanceof OfPrincipal of) {
            return of.principal().equals(revocation.principal());
        }
        OthersOf of = (OthersOf) target;
        return of.principal().equals(revocation.principal())
                && !of.keptSessionId().equals(revocation.sessionId());
    }
}

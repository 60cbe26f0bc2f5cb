package dev.lockstep.store.jdbc;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.Revoked;
import java.util.List;

/** A broken rule of the store. Used only where a rule is broken on purpose. */
public final class SabotagedLog {

    private SabotagedLog() {}

    /** Outcomes of a transaction, as if what was revoked before it needed no waiting. */
    public static Object withoutOld(Object outcomes, long beganMillis) {
        if (outcomes instanceof Committed<?> committed) {
            return new Committed<>(withoutOld(committed.outcome(), beganMillis), committed.nodes());
        }
        return ((List<?>) outcomes)
                .stream()
                        .map(outcome -> withoutOld((Revoked) outcome, beganMillis))
                        .toList();
    }

    private static Revoked withoutOld(Revoked outcome, long beganMillis) {
        LogPosition upTo = outcome.upTo();
        List<Revocation> news = outcome.revocations().stream()
                .filter(revocation -> revocation.revokedAt().toEpochMilli() >= beganMillis)
                .toList();
        return upTo == null || !news.isEmpty() ? outcome : new Revoked(new LogPosition(upTo.epoch(), 0), news);
    }
}

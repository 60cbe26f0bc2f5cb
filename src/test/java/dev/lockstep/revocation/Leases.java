package dev.lockstep.revocation;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.contract.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether facts vouch for anything at the moment: then they do for a copy that nothing else
 * stands against.
 */
final class Leases {

    private static final Duration LONG = Duration.ofDays(36_500);

    private Leases() {}

    static boolean isRunning(Facts facts) {
        Instant now = Instant.now();
        Session session = new Session("of nobody", "nobody", Set.of(), Map.of(), now, now, now.plus(LONG), LONG);
        SessionCopy copy = new SessionCopy(Samples.digest(), session, facts.epoch(), facts.floor());
        return facts.judge(copy) == Verdict.LIVE;
    }
}

package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What is to be written into the log, but for its position and time. */
public record LogEntry(TokenDigest digest, String sessionId, String principal, Cause cause) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Tells of targets of which there is no session. What a target does not name is random, so that
     * no other revocation takes the row for its own. A text that no session can have needs no row.
     */
    public static List<LogEntry> ofGone(List<RevocationTarget> targets) {
        return targets.stream().flatMap(LogEntry::ofGone).toList();
    }

    private static Stream<LogEntry> ofGone(RevocationTarget target) {
        if (target instanceof OfToken of) {
            return Stream.of(new LogEntry(of.digest(), noId(), "", Cause.TOKEN_GONE));
        }
        if (target instanceof OfId of) {
            return NewSessions.isId(of.sessionId())
                    ? Stream.of(new LogEntry(noDigest(), of.sessionId(), "", Cause.SESSION_GONE))
                    : Stream.empty();
        }
        if (target instanceof OfPrincipal of) {
            return ofPrincipal(of.principal());
        }
        if (target instanceof OthersOf of) {
            return ofPrincipal(of.principal());
        }
        return Stream.of(new LogEntry(noDigest(), noId(), "", Cause.COPIES_VOID));
    }

    private static Stream<LogEntry> ofPrincipal(String principal) {
        return NewSessions.isPrincipal(principal) ? Stream.of(goneOf(principal)) : Stream.empty();
    }

    /** Tells that older copies of a principal's sessions are void. */
    public static LogEntry goneOf(String principal) {
        return new LogEntry(noDigest(), noId(), principal, Cause.PRINCIPAL_GONE);
    }

    private static String noId() {
        return UUID.randomUUID().toString();
    }

    private static TokenDigest noDigest() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return TokenDigest.of(bytes);
    }
}

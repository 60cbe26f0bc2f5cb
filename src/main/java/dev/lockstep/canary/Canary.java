package dev.lockstep.canary;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.ReservedPrincipal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session that is there to be revoked. Its digest is random and that of no token, so it opens
 * nothing. What it tells is in its attributes. Immutable.
 *
 * @param issuer which running node has opened it, as {@link CanaryStore#node} names it
 * @param node the name of that node, for people
 * @param until when it is going to be revoked, by the store's clock
 * @param previous the identifier of the issuer's last one, whose revocation had returned before
 *     this one was opened; null where there was none, or where that is not known
 */
record Canary(
        String id,
        TokenDigest digest,
        String issuer,
        String node,
        long until,
        @Nullable String previous) {

    private static final String ISSUER = "issuer";
    private static final String NODE = "node";
    private static final String UNTIL = "until";
    private static final String PREVIOUS = "previous";

    /** Lives on for so many periods where its issuer is gone. */
    private static final int LIFETIMES = 3;

    private static final SecureRandom RANDOM = new SecureRandom();

    static Canary next(String issuer, String node, long until, @Nullable String previous) {
        byte[] digest = new byte[TokenDigest.LENGTH];
        RANDOM.nextBytes(digest);
        return new Canary(UUID.randomUUID().toString(), TokenDigest.of(digest), issuer, node, until, previous);
    }

    /** Empty where it says something else, as one of another version might. */
    static Optional<Canary> of(SessionCopy copy) {
        Session session = copy.session();
        Map<String, String> told = session.attributes();
        try {
            return Optional.of(new Canary(
                    session.id(),
                    copy.digest(),
                    required(told, ISSUER),
                    required(told, NODE),
                    Long.parseLong(required(told, UNTIL)),
                    told.get(PREVIOUS)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String required(Map<String, String> told, String name) {
        String value = told.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }

    /** Its uses are never recorded: it doesn't idle. */
    NewSession session(Duration period) {
        Map<String, String> told = new TreeMap<>(Map.of(ISSUER, issuer, NODE, node, UNTIL, Long.toString(until)));
        if (previous != null) {
            told.put(PREVIOUS, previous);
        }
        Duration lifetime = period.multipliedBy(LIFETIMES);
        return new NewSession(
                id, digest, ReservedPrincipal.CANARY, Set.of(), told, lifetime, lifetime.multipliedBy(LIFETIMES * 10L));
    }
}

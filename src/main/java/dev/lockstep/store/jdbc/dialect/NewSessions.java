package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.Session;
import dev.lockstep.spi.NewSession;
import java.util.Collection;
import java.util.stream.Stream;

/** Refuses what no database would keep as it is, and makes sessions of the rest. */
public final class NewSessions {

    /** The widths of the columns, in characters. */
    private static final int MAX_PRINCIPAL = 255;

    private static final int MAX_ID = 128;

    /**
     * Characters of groups and attributes together: far more than a session needs, of which every
     * node keeps a copy, and as JSON, with six characters for one at worst, less than the shortest
     * text that some database ends at (H2's, 1,048,576).
     */
    static final int MAX_TEXT = 100_000;

    /**
     * The {@linkplain #weight weight} of the sessions that one transaction opens: of those without
     * text 128, and hardly more text than one session may have, which is what fits into a packet of
     * any database's.
     */
    public static final int MAX_WEIGHT = 128_000;

    private static final int WEIGHT_WITHOUT_TEXT = 1_000;

    private NewSessions() {}

    /**
     * Refuses a session that no database would keep as it is.
     *
     * @throws IllegalArgumentException naming the rule that is broken, not the value
     */
    public static void check(NewSession session) {
        require(
                isPrincipal(session.principal()),
                "LOCKSTEP-0108 A principal has 1 to 255 characters, none of them U+0000 or half a surrogate pair");
        require(isId(session.id()), "LOCKSTEP-0109 A session's identifier has 1 to 128 characters");
        require(
                session.groups().stream().allMatch(StorableText::keeps)
                        && session.attributes().keySet().stream().allMatch(StorableText::keeps)
                        && session.attributes().values().stream().allMatch(StorableText::keeps),
                "LOCKSTEP-0110 Groups and attributes can't hold U+0000 or half a surrogate pair");
        long length = lengthOfText(session);
        require(
                length <= MAX_TEXT,
                "LOCKSTEP-0131 Groups and attributes of a session have at most " + MAX_TEXT
                        + " characters together, and these have " + length
                        + ": keep what is large elsewhere, under the principal or the session's identifier");
    }

    /** How much it takes to write a session, in characters. */
    public static int weight(NewSession session) {
        return (int) (WEIGHT_WITHOUT_TEXT + lengthOfText(session));
    }

    private static long lengthOfText(NewSession session) {
        return Stream.of(
                        session.groups(),
                        session.attributes().keySet(),
                        session.attributes().values())
                .flatMap(Collection::stream)
                .mapToLong(String::length)
                .sum();
    }

    /** Whether a session may have this principal. */
    static boolean isPrincipal(String text) {
        return StorableText.fits(text, MAX_PRINCIPAL);
    }

    /** Whether a session may have this identifier. */
    static boolean isId(String text) {
        return StorableText.fits(text, MAX_ID);
    }

    /** The session as it is to be kept, if the store's clock shows this time. */
    public static Session openedAt(long now, NewSession asked) {
        return Session.ofMillis(
                asked.id(),
                asked.principal(),
                asked.groups(),
                asked.attributes(),
                now,
                now,
                Math.addExact(now, asked.absoluteTimeout().toMillis()),
                asked.idleTimeout().toMillis());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}

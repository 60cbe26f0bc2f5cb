package dev.lockstep.contract;

import dev.lockstep.Session;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What targets mean to a {@link NaiveStore}. */
final class NaiveTargets {

    private NaiveTargets() {}

    /** What a target may mean: a session, or a row of the log. */
    record Owner(String sessionId, String principal) {
        static Owner of(Session session) {
            return new Owner(session.id(), session.principal());
        }
    }

    /**
     * Whom a target means.
     *
     * @param sessionIds the session of a digest, if that is known
     */
    static Predicate<Owner> owners(RevocationTarget target, Function<TokenDigest, @Nullable String> sessionIds) {
        if (target instanceof OfToken of) {
            String id = sessionIds.apply(of.digest());
            return owner -> owner.sessionId.equals(id);
        }
        if (target instanceof OfId of) {
            return owner -> owner.sessionId.equals(of.sessionId());
        }
        if (target instanceof OfPrincipal of) {
            return owner -> owner.principal.equals(of.principal());
        }
        if (target instanceof OfApplication) {
            return owner -> true;
        }
        OthersOf of = (OthersOf) target;
        return owner -> owner.principal.equals(of.principal()) && !owner.sessionId.equals(of.keptSessionId());
    }

    /** Whose sessions a target means, or nobody's name. */
    static String principal(RevocationTarget target) {
        if (target instanceof OfPrincipal of) {
            return of.principal();
        }
        return target instanceof OthersOf of ? of.principal() : "";
    }

    /** Whether a session can be named so. */
    static boolean isName(RevocationTarget target) {
        if (target instanceof OfId of) {
            return isName(of.sessionId(), 128);
        }
        if (target instanceof OfPrincipal of) {
            return isName(of.principal(), 255);
        }
        return !(target instanceof OthersOf of) || isName(of.principal(), 255);
    }

    private static boolean isName(String text, int most) {
        return !text.isEmpty()
                && text.length() <= most
                && text.codePoints()
                        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}

package dev.lockstep.sim.check;

import java.util.Locale;

/** Something that the product promises, and did not keep. */
public record Violation(Kind kind, String what) {

    /** Which promise. */
    public enum Kind {
        /** A validation that began after an end had returned was accepted. */
        STALE_ACCEPT,
        /** A live session was refused, or could not be looked up, while nothing was wrong. */
        FALSE_REFUSAL,
        /** A token opened a session that is not its own, or not as it is. */
        WRONG_SESSION,
        /** A call had not ended long after all faults were over. */
        ENDLESS_CALL,
        /** A revocation took longer than the formula says. */
        SLOW_REVOCATION,
        /** A node did not serve from copies again. */
        NO_RECOVERY,
        /** Something grew beyond its bound. */
        MEMORY
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + what;
    }
}

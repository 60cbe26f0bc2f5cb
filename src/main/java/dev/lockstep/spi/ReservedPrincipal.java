package dev.lockstep.spi;

/** The principal of sessions that are Lockstep's own, and nobody's. */
public final class ReservedPrincipal {

    /** Of the sessions by which nodes try whether revocations are true. */
    public static final String CANARY = "lockstep/canary";

    private ReservedPrincipal() {}

    /** Whether no application can open a session of this principal. */
    public static boolean is(String principal) {
        return principal.equals(CANARY);
    }
}

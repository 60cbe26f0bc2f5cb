package dev.lockstep.sim.check;

import java.util.Set;

/** A session, as its clients know it. */
public final class KnownSession {

    static final long NEVER = Long.MAX_VALUE;

    final String id;
    final String principal;
    final Set<String> groups;
    /** The moment at which something was sent that could end it. */
    long endBegun = NEVER;
    /** The moment at which an end of it had returned. */
    long ended = NEVER;

    /** Grows when the store loses what it knew of it. */
    int history;
    /** Whether a rotation of it was ever asked for. */
    boolean rotated;

    private final Lifetime lifetime;

    /** One that does not end by itself. */
    KnownSession(String id, String principal, Set<String> groups) {
        this(id, principal, groups, Lifetime.endless());
    }

    public KnownSession(String id, String principal, Set<String> groups, Lifetime lifetime) {
        this.id = id;
        this.principal = principal;
        this.groups = groups;
        this.lifetime = lifetime;
    }

    public String id() {
        return id;
    }

    public Lifetime lifetime() {
        return lifetime;
    }

    public String principal() {
        return principal;
    }

    /**
     * Whether the store has lost something of it, which may have been a rotation: which of its
     * tokens is its own then nobody can say but the store.
     */
    public boolean hasUnknownToken() {
        return rotated && history > 0;
    }
}

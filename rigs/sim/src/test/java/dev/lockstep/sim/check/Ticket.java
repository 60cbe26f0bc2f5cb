package dev.lockstep.sim.check;

/** A token of a session. */
public final class Ticket<T> {

    private final KnownSession session;
    private final T token;
    private long rotationBegun = KnownSession.NEVER;
    private long rotatedAway = KnownSession.NEVER;
    private int rotatedIn;

    public Ticket(KnownSession session, T token) {
        this.session = session;
        this.token = token;
    }

    public KnownSession session() {
        return session;
    }

    public T token() {
        return token;
    }

    /** A rotation is asked for. */
    void rotating(long moment) {
        rotationBegun = Math.min(rotationBegun, moment);
    }

    /** Whether a rotation of it was ever asked for. */
    public boolean mayBeRotated() {
        return rotationBegun != KnownSession.NEVER;
    }

    /** It has returned. */
    void rotated(long moment) {
        rotatedAway = moment;
        rotatedIn = session.history;
    }

    /** From when on nobody may accept it. */
    long endedFor() {
        return rotatedIn == session.history ? Math.min(session.ended, rotatedAway) : session.ended;
    }

    /** Until when everybody must accept it. */
    long liveUntil() {
        return Math.min(session.endBegun, rotationBegun);
    }
}

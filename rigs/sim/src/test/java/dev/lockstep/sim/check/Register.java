package dev.lockstep.sim.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges what clients see by the order in which they see it. Moments are numbers: of two, the later
 * one is the higher.
 */
public final class Register {

    private static final long MILLI = 1_000_000;

    private final List<Violation> violations = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();
    private final List<Opening> openings = new ArrayList<>();
    private long moment;
    private boolean closed;

    /** An end that was asked for. */
    public static final class End {

        private final List<KnownSession> of;
        private final Predicate<KnownSession> means;

        private End(List<KnownSession> of, Predicate<KnownSession> means) {
            this.of = of;
            this.means = means;
        }

        public List<KnownSession> of() {
            return of;
        }
    }

    /** A session that is being opened. */
    public static final class Opening {

        private final List<End> beside;

        private Opening(List<End> beside) {
            this.beside = new ArrayList<>(beside);
        }
    }

    /** What a token opened. */
    public record Found(String id, String principal, Set<String> groups) {}

    /** A new moment, later than all before. */
    public long now() {
        return ++moment;
    }

    public Opening opening() {
        Opening opening = new Opening(ends);
        openings.add(opening);
        return opening;
    }

    /** It is there. An end that was under way beside its opening may have ended it, or not. */
    public void opened(Opening opening, KnownSession subject) {
        if (opening.beside.stream().anyMatch(end -> end.means.test(subject))) {
            subject.endBegun = 0;
        }
    }

    /** Whether it was opened or not. */
    public void isOver(Opening opening) {
        openings.remove(opening);
    }

    /**
     * Somebody asks for the end of these.
     *
     * @param means of which sessions it is the end
     */
    public End ending(Collection<KnownSession> of, Predicate<KnownSession> means) {
        long begun = now();
        End end = new End(List.copyOf(of), means);
        of.forEach(subject -> subject.endBegun = Math.min(subject.endBegun, begun));
        ends.add(end);
        openings.forEach(opening -> opening.beside.add(end));
        return end;
    }

    /** What was asked for has returned: it holds everywhere. */
    public void ended(End end) {
        long returned = now();
        end.of.forEach(subject -> subject.ended = Math.min(subject.ended, returned));
        isOver(end);
    }

    /** Nothing of it is under way any more. */
    public void isOver(End end) {
        ends.remove(end);
    }

    /**
     * The store has lost what it had committed, and said so: whether these have ended is as unknown
     * as if nobody had asked, until somebody is told so again.
     */
    public void forgiven(Collection<KnownSession> some) {
        some.forEach(session -> {
            session.ended = KnownSession.NEVER;
            session.history++;
        });
        mayEnd(some);
    }

    /**
     * These may have ended without anybody asking for it, and so may those that are being opened.
     */
    public void mayEnd(Collection<KnownSession> some) {
        isOver(ending(some, any -> true));
    }

    public void rotating(Ticket<?> ticket) {
        ticket.session().rotated = true;
        ticket.rotating(now());
    }

    /** It has another token now. */
    public void rotated(Ticket<?> ticket) {
        ticket.rotated(now());
    }

    /** A validation that began at a moment has accepted the token. */
    public void accepted(Ticket<?> ticket, long begun, Found found, String where) {
        KnownSession subject = ticket.session();
        if (!found.id().equals(subject.id)
                || !found.principal().equals(subject.principal)
                || !found.groups().equals(subject.groups)) {
            add(Violation.Kind.WRONG_SESSION, where + " found " + found.id() + " by a token of " + subject.id);
        } else if (ticket.endedFor() < begun) {
            add(
                    Violation.Kind.STALE_ACCEPT,
                    where + " accepted " + subject.id + " " + (begun - ticket.endedFor()) + " moments after its end");
        }
    }

    /** A validation that began when the session had outlived its time has accepted the token. */
    public void outlived(Ticket<?> ticket, long began, String where) {
        add(
                Violation.Kind.STALE_ACCEPT,
                where + " accepted " + ticket.session().id + ", which "
                        + ticket.session().lifetime().at(began));
    }

    /** A validation has refused the token. */
    public void refused(Ticket<?> ticket, String where) {
        if (ticket.liveUntil() == KnownSession.NEVER) {
            add(Violation.Kind.FALSE_REFUSAL, where + " refused " + ticket.session().id);
        }
    }

    /** A validation could not tell. */
    public void failed(Ticket<?> ticket, boolean excused, String where, Throwable why) {
        if (!excused) {
            add(Violation.Kind.FALSE_REFUSAL, where + " could not tell of " + ticket.session().id + ": " + why);
        }
    }

    /** An end has returned, or failed. */
    public void took(EndCall call, long took, long bound, boolean excused) {
        if (took > bound && !excused) {
            add(
                    Violation.Kind.SLOW_REVOCATION,
                    call.where() + " took " + took / MILLI + " ms of " + bound / MILLI + " for " + call.what());
        }
    }

    /** Long after all faults were over one has not. */
    public void hasNotEnded(EndCall call) {
        add(Violation.Kind.ENDLESS_CALL, call.where() + " has not ended " + call.what());
    }

    /** Whether a node uses copies long after all faults were over. */
    public void recovered(String where, boolean hasHits) {
        if (!hasHits) {
            add(Violation.Kind.NO_RECOVERY, where + " asks the store still");
        }
    }

    /** What a node keeps when nothing is under way. */
    public void keeps(String where, String what, int kept, int most) {
        if (kept > most) {
            add(Violation.Kind.MEMORY, where + " keeps " + kept + " " + what + ", not " + most);
        }
    }

    public void add(Violation.Kind kind, String what) {
        if (!closed) {
            violations.add(new Violation(kind, what));
        }
    }

    /** What comes from now on is no more than the end of everything. */
    public void close() {
        closed = true;
    }

    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** The first; null where there is none. */
    public @Nullable Violation first() {
        return violations.isEmpty() ? null : violations.get(0);
    }
}

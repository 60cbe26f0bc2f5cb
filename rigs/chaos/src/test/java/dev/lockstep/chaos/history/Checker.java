package dev.lockstep.chaos.history;

import dev.lockstep.chaos.history.End.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges a history. It knows nothing of the product but its promise:
 *
 * <ul>
 *   <li>what began after an end had returned, or after the session's time, is not accepted;
 *   <li>what nobody has tried to end is not refused in its time;
 *   <li>an answer is about the session whose token was shown;
 *   <li>what was forged opens nothing, and forged tokens are not looked for;
 *   <li>whoever is told "I can't tell" has a fault to blame;
 *   <li>ending takes no longer than it may.
 * </ul>
 *
 * <p>A restored database knows nothing of what was done since its copy was taken: such calls are
 * judged up to the restore and not after it, but for ends that return after it. While the store's
 * clock is wrong, and after that, a session may be over; what was ended stays so. Used once, by one
 * thread.
 */
public final class Checker {

    private static final long PROMPT_NANOS = 50_000_000;

    private final History.Record history;
    private final Allowances allowances;
    private final Map<Integer, List<End>> endsBySession = new HashMap<>();
    private final Map<Integer, Birth> birthsByToken = new HashMap<>();
    private final Map<Integer, Birth> birthsBySession = new HashMap<>();
    private final List<String> staleAccepts = new ArrayList<>();
    private final List<String> mistaken = new ArrayList<>();
    private final List<String> falseRefusals = new ArrayList<>();
    private final List<String> slow = new ArrayList<>();
    private final List<String> unexplained = new ArrayList<>();
    private long prompt;
    private long slowest;

    private Checker(History.Record history, Allowances allowances) {
        this.history = history;
        this.allowances = allowances;
        history.births().forEach(this::index);
        history.ends()
                .forEach(end -> endsBySession
                        .computeIfAbsent(end.session(), session -> new ArrayList<>())
                        .add(end));
    }

    public static Findings check(History.Record history, Allowances allowances) {
        return new Checker(history, allowances).findings();
    }

    private Findings findings() {
        history.checks().forEach(this::judge);
        history.ends().stream().filter(End::isRevocation).forEach(this::judge);
        return new Findings(
                history.checks().size(),
                revocations(),
                faults(),
                prompt,
                staleAccepts,
                mistaken,
                Forgeries.in(history),
                falseRefusals,
                slow,
                unexplained,
                history.breaches().stream().map(Breach::toString).toList(),
                slowest);
    }

    private void index(Birth birth) {
        birthsByToken.put(birth.token(), birth);
        birthsBySession.merge(birth.session(), birth, (a, b) -> a.began() <= b.began() ? a : b);
    }

    private void judge(Check check) {
        List<End> ends = endsBySession.getOrDefault(check.session(), List.of());
        if (ends.stream().anyMatch(end -> isPrompt(check, end))) {
            prompt++;
        }
        switch (check.answer()) {
            case ACCEPTED -> judgeAccepted(check, ends);
            case MISTAKEN -> mistaken.add(check.toString());
            case FORGED -> {} // all forgeries are judged together
            case REFUSED -> {
                if (mustBeLive(check, ends)) {
                    falseRefusals.add(check.toString());
                }
            }
            case UNAVAILABLE, LOST -> {
                if (history.spans().stream().noneMatch(span -> excuses(span, check))) {
                    unexplained.add(check.toString());
                }
            }
        }
    }

    private void judgeAccepted(Check check, List<End> ends) {
        ends.stream()
                .filter(end -> forbids(end, check))
                .findFirst()
                .ifPresent(end -> staleAccepts.add(check + " after " + end));
        Birth birth = birth(check);
        if (birth != null
                && birth.isOverTime(check.began())
                && !history.isStoreClockWrong(birth.began(), check.ended())) {
            staleAccepts.add(check + " after the time of " + birth);
        }
    }

    private @Nullable Birth birth(Check check) {
        return check.token() == End.WHOLE_SESSION
                ? birthsBySession.get(check.session())
                : birthsByToken.get(check.token());
    }

    private static boolean isPrompt(Check check, End end) {
        long since = check.began() - end.ended();
        return end.result() == Result.RETURNED && concerns(end, check) && since >= 0 && since <= PROMPT_NANOS;
    }

    private boolean forbids(End end, Check check) {
        return end.result() == Result.RETURNED
                && concerns(end, check)
                && end.ended() < check.began()
                && hadItsToken(end, check)
                && history.restores().stream()
                        .noneMatch(
                                restore -> restore.mayHaveUndone(end, lasted(Span.NODE_PAUSE, end) > 0, check.ended()));
    }

    /**
     * A restore may have undone the rotation that made the token by which a session was to be
     * ended.
     */
    private boolean hadItsToken(End end, Check check) {
        Birth birth = birthsByToken.get(end.named());
        return birth == null
                || end.named() == check.token()
                || history.restores().stream()
                        .noneMatch(restore -> restore.mayHaveUndone(birth.began(), birth.ended(), end.ended()));
    }

    private boolean mustBeLive(Check check, List<End> ends) {
        Birth birth = birth(check);
        return birth != null
                && birth.ended() < check.began()
                && birth.isInTime(check.ended())
                && !history.isStoreClockWrong(birth.began(), check.ended())
                && ends.stream().noneMatch(end -> concerns(end, check) && end.began() < check.ended())
                && history.restores().stream()
                        .noneMatch(restore -> restore.mayHaveUndone(birth.began(), birth.ended(), check.ended()));
    }

    /** A listed session is ended by revocations only; a token by those and by its rotation. */
    private static boolean concerns(End end, Check check) {
        return check.token() == End.WHOLE_SESSION ? end.isRevocation() : end.concerns(check.token());
    }

    private boolean excuses(Span span, Check check) {
        long recovered = span.ended() == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : span.ended() + allowances.recovery().toNanos();
        return span.began() <= check.ended() && check.began() <= recovered;
    }

    private void judge(End end) {
        if (end.result() == Result.UNDER_WAY || end.result() == Result.LOST) {
            return;
        }
        long took = end.ended() - end.began() - lasted(Span.NODE_PAUSE, end) - lasted(Span.LOGOUTS_HELD, end);
        if (end.result() == Result.RETURNED) {
            slowest = Math.max(slowest, took);
        }
        Duration allowed = mayTakeTwo(end) ? allowances.two() : allowances.revoke();
        if (took > allowed.toNanos()) {
            slow.add(end + " took " + took / 1_000_000 + " ms");
        }
    }

    /**
     * Whether two transactions may be needed: one ends only so many sessions, and none that it does
     * not know.
     */
    private boolean mayTakeTwo(End end) {
        return history.crowds().contains(end.session()) || mayBeUnknown(end);
    }

    private boolean mayBeUnknown(End end) {
        boolean endedBefore = endsBySession.get(end.session()).stream()
                .anyMatch(other -> other.call() != end.call() && other.isRevocation() && other.began() < end.ended());
        Birth birth = birthsBySession.get(end.session());
        return endedBefore
                || birth == null
                || history.restores().stream()
                        .anyMatch(restore -> restore.mayHaveUndone(birth.began(), birth.ended(), end.ended()));
    }

    /** For how long of this call something was done to its own node. */
    private long lasted(String kind, End end) {
        return history.spans().stream()
                .filter(span -> span.node() == end.node() && span.kind().equals(kind))
                .mapToLong(span -> Math.min(span.ended(), end.ended()) - Math.max(span.began(), end.began()))
                .filter(overlap -> overlap > 0)
                .sum();
    }

    private long revocations() {
        Set<Integer> calls = new HashSet<>();
        history.ends().stream().filter(end -> end.result() == Result.RETURNED).forEach(end -> calls.add(end.call()));
        return calls.size();
    }

    private Map<String, Integer> faults() {
        Map<String, Integer> faults = new TreeMap<>();
        history.spans().stream()
                .filter(span -> span.ended() != Long.MAX_VALUE && !span.kind().equals(Span.LOGOUTS_HELD))
                .forEach(span -> faults.merge(span.kind(), 1, Integer::sum));
        return faults;
    }
}

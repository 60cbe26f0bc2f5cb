package dev.lockstep.chaos.history;

import dev.lockstep.chaos.history.Check.Answer;
import dev.lockstep.chaos.history.End.Result;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plants violations in copies of a clean history: a checker that does not find every one of them
 * has not looked. They are planted wherever one would be, except where a restored database may
 * excuse it.
 */
public final class Planter {

    private final History.Record history;
    private final Allowances allowances;

    public Planter(History.Record history, Allowances allowances) {
        this.history = history;
        this.allowances = allowances;
    }

    /**
     * Whether the checker finds acceptances that are added after the revocations that had returned.
     */
    public boolean staleAcceptsAreFound() {
        Map<Integer, Long> sessions = begins(Birth::session);
        Map<Integer, Long> tokens = begins(Birth::token);
        List<Check> planted = history.ends().stream()
                .filter(end -> end.result() == Result.RETURNED && end.isRevocation())
                .filter(end -> isUntouched(earliest(end, sessions, tokens), end.ended()))
                .map(Planter::accepted)
                .toList();
        return areAll(findings(planted).staleAccepts(), planted);
    }

    /**
     * Whether the checker finds refusals that are added to sessions which nobody had tried to end
     * by then.
     */
    public boolean falseRefusalsAreFound() {
        Map<Integer, Long> ends =
                history.ends().stream().collect(Collectors.toMap(End::session, End::began, Math::min));
        List<Check> planted = history.births().stream()
                .filter(birth -> isUntouched(birth.began(), birth.ended()))
                .filter(birth -> birth.isInTime(birth.ended() + 2))
                .filter(birth -> !history.isStoreClockWrong(birth.began(), birth.ended() + 2))
                .map(Planter::refused)
                .filter(check -> ends.getOrDefault(check.session(), Long.MAX_VALUE) >= check.ended())
                .toList();
        return areAll(findings(planted).falseRefusals(), planted);
    }

    /** Whether the checker finds a login by forgery in place of checks that were accepted. */
    public boolean forgeriesAreFound() {
        List<Check> planted = history.checks().stream()
                .filter(check -> check.answer() == Answer.ACCEPTED)
                .limit(1_000)
                .map(check -> new Check(
                        check.session(), check.token(), check.node(), check.began(), check.ended(), Answer.FORGED))
                .toList();
        return areAll(findings(planted).forgeries().logins(), planted);
    }

    private Map<Integer, Long> begins(Function<Birth, Integer> number) {
        return history.births().stream().collect(Collectors.toMap(number, Birth::began, Math::min));
    }

    /**
     * Of all that a revocation stands on: its session, and the token, perhaps of another session,
     * that it was named by.
     */
    private static long earliest(End end, Map<Integer, Long> sessions, Map<Integer, Long> tokens) {
        long session = sessions.getOrDefault(end.session(), end.began());
        long named = tokens.getOrDefault(end.named(), end.began());
        return Math.min(end.began(), Math.min(session, named));
    }

    private Findings findings(List<Check> planted) {
        return Checker.check(history.with(planted), allowances);
    }

    private static boolean areAll(List<String> found, List<Check> planted) {
        return !planted.isEmpty() && found.size() == planted.size();
    }

    /** Whether no restore was under way at any time from then until just after. */
    private boolean isUntouched(long from, long until) {
        return history.restores().stream().noneMatch(restore -> restore.began() <= until + 2 && from < restore.ended());
    }

    private static Check accepted(End end) {
        return new Check(
                end.session(), End.WHOLE_SESSION, end.node(), end.ended() + 1, end.ended() + 2, Answer.ACCEPTED);
    }

    private static Check refused(Birth birth) {
        return new Check(birth.session(), birth.token(), 0, birth.ended() + 1, birth.ended() + 2, Answer.REFUSED);
    }
}

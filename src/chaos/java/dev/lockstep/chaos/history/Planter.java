package dev.lockstep.chaos.history;

import dev.lockstep.chaos.history.Check.Answer;
import dev.lockstep.chaos.history.End.Result;
import java.util.List;

/**
 * Plants violations in copies of a history, one wherever one would be: a checker that does not find most of them has not
 * looked. Not all, since a restored database excuses some.
 */
public final class Planter {

    private Planter() {}

    /** Whether the checker finds acceptances that are added after the revocations that had returned. */
    public static boolean staleAcceptsAreFound(History.Record history, Allowances allowances) {
        List<Check> planted = history.ends().stream()
                .filter(end -> end.result() == Result.RETURNED && end.isRevocation())
                .map(Planter::accepted)
                .toList();
        Findings findings = Checker.check(history.with(planted), allowances);
        return areMost(findings.staleAccepts(), planted);
    }

    /** Whether the checker finds refusals that are added to sessions which nobody had tried to end by then. */
    public static boolean falseRefusalsAreFound(History.Record history, Allowances allowances) {
        List<Check> planted = history.births().stream().map(Planter::refused).toList();
        Findings findings = Checker.check(history.with(planted), allowances);
        return areMost(findings.falseRefusals(), planted);
    }

    private static boolean areMost(List<String> found, List<Check> planted) {
        return 2 * found.size() > planted.size();
    }

    private static Check accepted(End end) {
        return new Check(
                end.session(), End.WHOLE_SESSION, end.node(), end.ended() + 1, end.ended() + 2, Answer.ACCEPTED);
    }

    private static Check refused(Birth birth) {
        return new Check(birth.session(), birth.token(), 0, birth.ended() + 1, birth.ended() + 2, Answer.REFUSED);
    }
}

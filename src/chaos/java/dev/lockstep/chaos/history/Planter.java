package dev.lockstep.chaos.history;

import dev.lockstep.chaos.history.Check.Answer;
import dev.lockstep.chaos.history.End.Result;
import java.util.Optional;

/** Plants violations in copies of a history: a checker that does not find them has not looked. */
public final class Planter {

    private Planter() {}

    /** Whether the checker finds an acceptance that is added after a revocation that had returned. */
    public static boolean staleAcceptIsFound(History.Record history, Allowances allowances) {
        Optional<End> last = history.ends().stream()
                .filter(end -> end.result() == Result.RETURNED && end.isRevocation())
                .reduce((earlier, later) -> later);
        return last.map(end -> accepted(end))
                .map(check -> Checker.check(history.with(check), allowances))
                .filter(findings -> !findings.staleAccepts().isEmpty())
                .isPresent();
    }

    /** Whether the checker finds a refusal that is added to a session that nobody tried to end. */
    public static boolean falseRefusalIsFound(History.Record history, Allowances allowances) {
        Optional<Birth> last = history.births().stream().reduce((earlier, later) -> later);
        return last.map(birth -> refused(birth))
                .map(check -> Checker.check(history.with(check), allowances))
                .filter(findings -> !findings.falseRefusals().isEmpty())
                .isPresent();
    }

    private static Check accepted(End end) {
        return new Check(
                end.session(), End.WHOLE_SESSION, end.node(), end.ended() + 1, end.ended() + 2, Answer.ACCEPTED);
    }

    private static Check refused(Birth birth) {
        return new Check(birth.session(), birth.token(), 0, birth.ended() + 1, birth.ended() + 2, Answer.REFUSED);
    }
}

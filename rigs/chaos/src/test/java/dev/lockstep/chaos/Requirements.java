package dev.lockstep.chaos;

import dev.lockstep.chaos.fault.Injector;
import dev.lockstep.chaos.history.Attempt.Outcome;
import dev.lockstep.chaos.history.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run must have done to mean anything.
 *
 * @param faultsOfEachKind how often each kind of fault must have come to its end
 * @param promptValidations how many validations must have begun within 50 ms after their revocation
 *     had returned
 * @param forgedTokens how many tokens that no node has issued must have been presented
 */
record Requirements(int faultsOfEachKind, long promptValidations, long forgedTokens) {

    /** By their tags alone; after a leaked key none of them is. */
    private static final long KNOWN_AS_FORGED = 50;

    static Requirements of(Duration length) {
        double minutes = length.toMillis() / 60_000.0;
        return new Requirements(Math.max(1, (int) (minutes / 2)), (long) (minutes * 1_000), (long) (minutes * 500));
    }

    List<String> unmet(Findings findings, Injector injector) {
        List<String> unmet = new ArrayList<>();
        injector.missing(faultsOfEachKind)
                .forEach(kind -> unmet.add("VACUOUS: " + kind + " happened less than " + faultsOfEachKind + " times"));
        if (findings.prompt() < promptValidations) {
            unmet.add("VACUOUS: only " + findings.prompt() + " of " + promptValidations
                    + " validations began within 50 ms after their revocation");
        }
        if (findings.forgeries().presented() < forgedTokens
                || findings.forgeries().count(Outcome.KNOWN_AS_FORGED) < KNOWN_AS_FORGED) {
            unmet.add("VACUOUS: of the " + forgedTokens + " forged tokens that must be presented, and the "
                    + KNOWN_AS_FORGED + " that must be refused by their tags, there are only "
                    + findings.forgeries().attempts());
        }
        return unmet;
    }
}

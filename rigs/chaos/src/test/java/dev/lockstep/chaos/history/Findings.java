package dev.lockstep.chaos.history;

import java.util.List;
import java.util.Map;

/**
 * What the checker found.
 *
 * @param validations how many answers of nodes were looked at
 * @param revocations how many revocations and rotations returned
 * @param faults how many faults of each kind came to their end
 * @param prompt how many validations began within 50 ms after their revocation had returned
 * @param staleAccepts validations that were accepted though they began after their revocation had
 *     returned, or after the session's time
 * @param mistaken validations that were accepted as another session
 * @param forgeries what became of what was forged
 * @param falseRefusals live sessions that were refused
 * @param slow revocations that took longer than they may
 * @param unexplained answers that a node could not tell, with no fault to excuse them
 * @param breaches calls that broke their own contract
 * @param slowestNanos the slowest revocation that returned, without the time for which its own node
 *     was stopped
 */
public record Findings(
        long validations,
        long revocations,
        Map<String, Integer> faults,
        long prompt,
        List<String> staleAccepts,
        List<String> mistaken,
        Forgeries forgeries,
        List<String> falseRefusals,
        List<String> slow,
        List<String> unexplained,
        List<String> breaches,
        long slowestNanos) {

    /** Whether what was found is about time alone. */
    public boolean isPromiseKept() {
        return staleAccepts.isEmpty()
                && mistaken.isEmpty()
                && forgeries.logins().isEmpty()
                && forgeries.readings().isEmpty()
                && falseRefusals.isEmpty()
                && breaches.isEmpty();
    }

    public boolean areClean() {
        return isPromiseKept() && slow.isEmpty() && unexplained.isEmpty();
    }

    public int faultCount() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    public String lastLine() {
        return "chaos: " + validations + " validations, " + revocations + " revocations, " + faultCount() + " faults, "
                + staleAccepts.size() + " stale accepts, " + falseRefusals.size() + " false refusals, "
                + forgeries.logins().size() + " logins by forgery, slowest revoke "
                + slowestNanos / 1_000_000 + " ms";
    }
}

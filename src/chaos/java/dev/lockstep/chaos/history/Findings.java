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
 * @param staleAccepts validations that were accepted though they began after their revocation had returned
 * @param falseRefusals live sessions that were refused
 * @param slow revocations that took longer than they may
 * @param unexplained answers that a node could not tell, with no fault to excuse them
 * @param slowestNanos the slowest revocation that returned, without the time for which its own node was stopped
 */
public record Findings(
        long validations,
        long revocations,
        Map<String, Integer> faults,
        long prompt,
        List<String> staleAccepts,
        List<String> falseRefusals,
        List<String> slow,
        List<String> unexplained,
        long slowestNanos) {

    public boolean areClean() {
        return staleAccepts.isEmpty() && falseRefusals.isEmpty() && slow.isEmpty() && unexplained.isEmpty();
    }

    public int faultCount() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    public String lastLine() {
        return "chaos: " + validations + " validations, " + revocations + " revocations, " + faultCount() + " faults, "
                + staleAccepts.size() + " stale accepts, " + falseRefusals.size() + " false refusals, slowest revoke "
                + slowestNanos / 1_000_000 + " ms";
    }
}

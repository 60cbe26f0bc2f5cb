package dev.lockstep.chaos.history;

import dev.lockstep.chaos.history.Attempt.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of forgeries.
 *
 * @param attempts how often forged tokens were presented, by what became of that
 * @param logins whoever was accepted by a forged token, or by a forged copy
 * @param readings nodes that looked for the sessions of forged tokens although nothing kept them
 *     from knowing better
 */
public record Forgeries(Map<Outcome, Long> attempts, List<String> logins, List<String> readings) {

    /** What nodes may take to read the key, when they start and after a fault. */
    private static final long GRACE_NANOS = 15_000_000_000L;

    /** Fewer say nothing. */
    private static final int ENOUGH = 20;

    static Forgeries in(History.Record history) {
        List<String> logins = new ArrayList<>();
        history.attempts().stream()
                .filter(attempt -> attempt.outcome() == Outcome.ACCEPTED)
                .forEach(attempt -> logins.add(attempt.toString()));
        history.checks().stream()
                .filter(check -> check.answer() == Check.Answer.FORGED)
                .forEach(check -> logins.add(check.toString()));
        return new Forgeries(
                history.attempts().stream().collect(Collectors.groupingBy(Attempt::outcome, Collectors.counting())),
                logins,
                readings(history));
    }

    /** How often forged tokens were presented. */
    public long presented() {
        return attempts.values().stream().mapToLong(Long::longValue).sum();
    }

    public long count(Outcome outcome) {
        return attempts.getOrDefault(outcome, 0L);
    }

    /**
     * A node that has just missed a poll looks for what it does not recognise, and a machine with
     * other things to do lets nodes miss polls: so what counts is what most of them meet.
     */
    private static List<String> readings(History.Record history) {
        long begin = history.attempts().stream().mapToLong(Attempt::began).min().orElse(0);
        Map<Integer, List<Attempt>> undisturbed = history.attempts().stream()
                .filter(attempt -> attempt.outcome() != Outcome.UNANSWERED)
                .filter(attempt -> attempt.began() - begin > GRACE_NANOS)
                .filter(attempt -> history.spans().stream().noneMatch(span -> disturbs(span, attempt)))
                .collect(Collectors.groupingBy(Attempt::node, TreeMap::new, Collectors.toList()));
        List<String> readings = new ArrayList<>();
        undisturbed.forEach((node, attempts) -> {
            long lookedUp = attempts.stream()
                    .filter(attempt -> attempt.outcome() == Outcome.LOOKED_UP)
                    .count();
            if (attempts.size() >= ENOUGH && lookedUp * 2 > attempts.size()) {
                readings.add("node " + node + " looked for " + lookedUp + " of " + attempts.size() + " forged tokens");
            }
        });
        return readings;
    }

    private static boolean disturbs(Span span, Attempt attempt) {
        boolean isOver = span.ended() != Long.MAX_VALUE && attempt.began() - span.ended() > GRACE_NANOS;
        return span.began() <= attempt.ended() && !isOver;
    }
}

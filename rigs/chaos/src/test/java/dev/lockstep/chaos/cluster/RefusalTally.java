package dev.lockstep.chaos.cluster;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How often each node has refused something since it was started, as far as it answers.
 *
 * @param counts by the node's number
 */
public record RefusalTally(Map<Integer, Long> counts) {

    /**
     * What the nodes say.
     *
     * @param answers words {@code <what>=<how often>}, by the node's number
     * @param what how that begins which counts
     */
    static RefusalTally counted(Map<Integer, List<String>> answers, String what) {
        return new RefusalTally(answers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, answer -> sum(answer.getValue(), what))));
    }

    private static long sum(List<String> words, String what) {
        return words.stream()
                .filter(word -> word.startsWith(what))
                .mapToLong(word -> Long.parseLong(word.substring(word.indexOf('=') + 1)))
                .sum();
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Whether a node has refused any meanwhile, for certain: a node that was started again counts
     * from zero, and of one that did not answer before nothing is known.
     */
    public boolean hasGrownSince(RefusalTally before) {
        return counts.entrySet().stream()
                .anyMatch(each -> each.getValue() > before.counts.getOrDefault(each.getKey(), Long.MAX_VALUE));
    }
}

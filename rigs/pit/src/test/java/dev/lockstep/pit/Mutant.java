package dev.lockstep.pit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pitest.mutationtest.MutationResult;
import org.pitest.mutationtest.engine.MutationDetails;

/**
 * One slip, and what the unit tests said.
 *
 * @param name by which the committed list knows it: class, method, what was done, and its
 *     number among those of its kind in that method; no line, which any change above it would move
 * @param killed whether a unit test failed by it
 */
record Mutant(String name, MutationDetails details, boolean killed) {

    private static final String OURS = "dev.lockstep.";

    /** @param results of one class */
    static List<Mutant> of(Collection<MutationResult> results) {
        Map<String, Integer> numbers = new HashMap<>();
        List<Mutant> all = new ArrayList<>();
        results.stream()
                .sorted(Comparator.comparing(result -> result.getDetails().getId()))
                .forEach(result -> {
                    String kind = kind(result.getDetails());
                    String name = kind + " | " + numbers.merge(kind, 1, Integer::sum);
                    all.add(new Mutant(
                            name, result.getDetails(), result.getStatus().isDetected()));
                });
        return all;
    }

    private static String kind(MutationDetails details) {
        String type = details.getClassName().asJavaName().substring(OURS.length());
        String done = details.getDescription().replace("dev/lockstep/", "");
        return type + "." + details.getMethod() + " | " + done.replaceAll(" for .*", "");
    }

    /** Where it is, for whoever reads the source. */
    String place() {
        return details.getFilename() + ":" + details.getLineNumber();
    }
}

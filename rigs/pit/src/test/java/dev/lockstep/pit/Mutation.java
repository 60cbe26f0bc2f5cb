package dev.lockstep.pit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes one slip after the other in the product, and fails unless each is noticed by a unit test or
 * by the simulation, or is known to change nothing.
 */
public final class Mutation {

    private final String only;
    private final Simulated simulated;
    private final boolean asked;
    private final Map<String, String> known = Survivors.read();
    private final List<String> wrong = new ArrayList<>();

    private Mutation(String only, long validations) {
        this.only = only;
        this.asked = validations > 0;
        this.simulated = new Simulated(validations);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Mutation mutation = new Mutation(System.getProperty("pit.only", ""), Long.getLong("pit.validations", 0));
        boolean well = mutation.run();
        System.exit(well ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        if (asked && !simulated.isWell()) {
            wrong.add("the simulation fails by itself: " + Simulated.OUTPUT);
        }
        List<MutatedPart> parts = Arrays.stream(MutatedPart.values())
                .filter(part -> isWhole(part) || part.has(only))
                .toList();
        if (parts.isEmpty()) {
            wrong.add("there is no part " + only + ", nor has any such a class (-Dpit.only)");
        }
        for (MutatedPart part : parts) {
            judge(part);
        }
        wrong.forEach(line -> System.out.println("pit: " + line));
        return wrong.isEmpty();
    }

    private boolean isWhole(MutatedPart part) {
        return only.isEmpty() || part.spelling().equals(only);
    }

    private void judge(MutatedPart part) throws IOException, InterruptedException {
        List<Mutant> all = UnitTests.judge(part, isWhole(part) ? List.of() : List.of("dev.lockstep." + only + "*"));
        List<Mutant> left = all.stream().filter(mutant -> !mutant.killed()).toList();
        int seen = 0;
        int accepted = 0;
        for (Mutant mutant : left) {
            if (known.containsKey(mutant.name())) {
                accepted++;
            } else if (asked && simulated.kills(mutant)) {
                seen++;
                System.out.println("pit: the simulation sees " + mutant.place() + " " + mutant.name());
            } else {
                wrong.add("nothing sees " + mutant.place() + " " + mutant.name());
            }
        }
        if (isWhole(part) && all.size() < part.mutants()) {
            wrong.add(part.spelling() + " had " + part.mutants() + " mutants; now it has " + all.size());
        }
        compare(part, all);
        System.out.printf(
                "pit: %s: of %d mutants the unit tests kill %d, the simulation %d, %d are known to change nothing%n",
                part.spelling(), all.size(), all.size() - left.size(), seen, accepted);
    }

    /** What the list names and PIT does not make, or a test kills, is not to stay there. */
    private void compare(MutatedPart part, List<Mutant> all) {
        Set<String> made = new TreeSet<>();
        all.forEach(mutant -> made.add(mutant.name()));
        known.keySet().stream()
                .filter(name -> part.has(typeIn(name)) && (isWhole(part) || name.startsWith(only)))
                .filter(name -> !made.contains(name))
                .forEach(name -> wrong.add("listed, but there is none: " + name));
        all.stream()
                .filter(mutant -> mutant.killed() && known.containsKey(mutant.name()))
                .forEach(mutant -> wrong.add("listed, but a test kills it: " + mutant.name()));
    }

    /** Of {@code revocation.Lease.method | …} the class. */
    private static String typeIn(String name) {
        return name.substring(0, name.lastIndexOf('.', name.indexOf(' ')));
    }
}

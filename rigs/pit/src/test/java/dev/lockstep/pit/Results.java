package dev.lockstep.pit;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.pitest.mutationtest.ClassMutationResults;
import org.pitest.mutationtest.ListenerArguments;
import org.pitest.mutationtest.MutationResultListener;
import org.pitest.mutationtest.MutationResultListenerFactory;

/**
 * Gathers what PIT finds, and prints a line for each class that is done. PIT makes one by its
 * service file, hence the static list.
 */
public final class Results implements MutationResultListenerFactory, MutationResultListener {

    /** As an output format of PIT's. */
    static final String NAME = "LOCKSTEP";

    private static final List<Mutant> FOUND = new ArrayList<>();

    /** All since the last call. */
    static synchronized List<Mutant> taken() {
        List<Mutant> all = List.copyOf(FOUND);
        FOUND.clear();
        return all;
    }

    private static synchronized void add(List<Mutant> some) {
        FOUND.addAll(some);
    }

    @Override
    public void handleMutationResult(ClassMutationResults results) {
        List<Mutant> all = Mutant.of(results.getMutations());
        add(all);
        long killed = all.stream().filter(Mutant::killed).count();
        System.out.println("pit: " + results.getMutatedClass().asJavaName() + ": " + killed + " of " + all.size());
        all.stream()
                .filter(mutant -> !mutant.killed())
                .forEach(mutant -> System.out.println("pit:   " + mutant.place() + " " + mutant.name()));
    }

    @Override
    public MutationResultListener getListener(Properties properties, ListenerArguments arguments) {
        return this;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "The mutants of Lockstep";
    }

    @Override
    public void runStart() {}

    @Override
    public void runEnd() {}
}

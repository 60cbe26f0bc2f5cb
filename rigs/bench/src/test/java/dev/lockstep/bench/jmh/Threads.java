package dev.lockstep.bench.jmh;

import dev.lockstep.bench.Goal;
import dev.lockstep.bench.Median;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Near hits by 2, 4, 8 and 16 threads, as far as there are processors: what they do together, of as
 * many times what one does. And beside it the same of work that has nothing in common, which says
 * what the machine takes from the threads.
 */
final class Threads implements Part {

    private static final Case HITS = new Case("hits", NearHitOfThreads.class.getName() + ".each", Map.of());
    private static final Case APART = new Case("apart", NearHitOfThreads.class.getName() + ".apart", Map.of());

    @Override
    public String name() {
        return "near hit by threads";
    }

    @Override
    public void measure(Report report, boolean quick) throws Exception {
        Effort effort = new Effort(quick ? 3 : 5, 0, 3, 3);
        double worst = Double.NaN;
        for (int threads : numbers(Runtime.getRuntime().availableProcessors())) {
            double hits = scaling(HITS, effort, threads);
            report.add(new Row("lockstep near hit, share kept by " + threads + " threads", hits, "of 1"));
            report.add(new Row("  nothing in common, by " + threads, scaling(APART, effort, threads), "of 1"));
            worst = Double.isNaN(worst) ? hits : Math.min(worst, hits);
        }
        report.add(Goal.atLeast("near-hit-threads", worst, 0.9));
    }

    static List<Integer> numbers(int processors) {
        return IntStream.of(2, 4, 8, 16)
                .filter(number -> number <= processors)
                .boxed()
                .toList();
    }

    private static double scaling(Case of, Effort effort, int threads) throws RunnerException {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < effort.rounds(); round++) {
            double one = of.throughput(effort, 1);
            ratios.add(of.throughput(effort, threads) / (threads * one));
        }
        return Median.of(ratios);
    }
}

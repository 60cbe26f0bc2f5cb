package dev.lockstep.bench.jmh;

import dev.lockstep.bench.Median;
import dev.lockstep.bench.Row;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Rounds of all benchmarks, one after the other, each in a new JVM: what is compared was measured
 * within the same minutes, and a ratio is the median of the rounds' ratios. One thread's.
 */
final class Series {

    private final List<Case> cases;
    private final PrintStream log;
    private final Map<String, List<Case.Measured>> measured = new LinkedHashMap<>();

    Series(List<Case> cases, PrintStream log) {
        this.cases = cases;
        this.log = log;
    }

    void run(Effort effort) throws RunnerException {
        for (int round = 1; round <= effort.rounds(); round++) {
            for (Case each : cases) {
                Case.Measured result = each.run(effort);
                measured.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(result);
                log.printf(
                        Locale.ROOT,
                        "round %d of %d: %-44s %,14.1f ns %,10.0f B%n",
                        round,
                        effort.rounds(),
                        each.name(),
                        result.nanos(),
                        result.bytes());
            }
        }
    }

    Stream<Row> rows() {
        return measured.keySet().stream().map(name -> new Row(name, nanos(name), "ns/op", bytes(name)));
    }

    /** By the median of all rounds; not a number where it was not run. */
    double nanos(String name) {
        return Median.of(all(name).stream().map(Case.Measured::nanos).toList());
    }

    /** Not a number where one of them was not run. */
    double ratio(String dividend, String divisor) {
        List<Case.Measured> dividends = all(dividend);
        List<Case.Measured> divisors = all(divisor);
        return Median.of(IntStream.range(0, Math.min(dividends.size(), divisors.size()))
                .mapToDouble(i -> dividends.get(i).nanos() / divisors.get(i).nanos())
                .toArray());
    }

    /** What one call in a thousand takes at least, by the median of all; see {@link #ratio}. */
    double tail(String name) {
        return Median.of(all(name).stream().map(it -> it.tail() / it.nanos()).toList());
    }

    double bytes(String name) {
        return Median.of(all(name).stream().map(Case.Measured::bytes).toList());
    }

    private List<Case.Measured> all(String name) {
        return measured.getOrDefault(name, List.of());
    }
}

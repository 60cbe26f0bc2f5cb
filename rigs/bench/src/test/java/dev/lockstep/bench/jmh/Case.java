package dev.lockstep.bench.jmh;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * One benchmark with its parameters.
 *
 * @param name its row in the table; ours begin with "lockstep"
 * @param benchmark class and method
 * @param parameters by name
 */
record Case(String name, String benchmark, Map<String, String> parameters) {

    /** One that is timed by the hundred. */
    static Case batched(String name, Class<? extends Call> type, String... parameters) {
        return of(name, type, "batch", parameters);
    }

    /** One that is timed each time. */
    static Case single(String name, Class<? extends Call> type, String... parameters) {
        return of(name, type, "single", parameters);
    }

    private static Case of(String name, Class<? extends Call> type, String method, String... parameters) {
        Map<String, String> byName = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            byName.put(parameters[i], parameters[i + 1]);
        }
        return new Case(name, type.getName() + "." + method, byName);
    }

    /**
     * What one fork measured.
     *
     * @param nanos per operation, the median
     * @param tail what one in a thousand takes at least, in nanoseconds
     * @param bytes allocated per operation
     */
    record Measured(double nanos, double tail, double bytes) {}

    /** {@code bench.profiler}: one of JMH's, and after a colon its options. */
    private static void addProfiler(ChainedOptionsBuilder options) {
        String[] profiler = System.getProperty("bench.profiler", "").split(":", 2);
        if (!profiler[0].isEmpty()) {
            options.addProfiler(profiler[0], profiler.length == 1 ? "" : profiler[1]);
        }
    }

    private ChainedOptionsBuilder options(Effort effort) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.replace(".", "\\.") + "$")
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(effort.warmUps())
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs(
                        "-Xms256m",
                        "-Xmx2g",
                        "-Xmn64m",
                        "-XX:+AlwaysPreTouch",
                        "-Xbatch",
                        "-D" + Call.WARM_UP_SECONDS + "=" + effort.warmUpSeconds(),
                        "-Dinfinispan.server.compilers=4",
                        "-Djava.util.logging.config.file=/dev/null",
                        "-Dslf4j.internal.verbosity=ERROR");
        parameters.forEach(options::param);
        return options;
    }

    /** How many calls so many threads make in a nanosecond, all together; in a JVM of its own. */
    double throughput(Effort effort, int threads) throws RunnerException {
        return new Runner(options(effort).mode(Mode.Throughput).threads(threads).build())
                .runSingle()
                .getPrimaryResult()
                .getScore();
    }

    /** Runs it once, in a JVM of its own. */
    Measured run(Effort effort) throws RunnerException {
        ChainedOptionsBuilder options = options(effort).mode(Mode.SampleTime).addProfiler(GCProfiler.class);
        addProfiler(options);
        RunResult result = new Runner(options.build()).runSingle();
        double bytes = result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .map(Map.Entry::getValue)
                .mapToDouble(Result::getScore)
                .findFirst()
                .orElse(Double.NaN);
        Statistics nanos = result.getPrimaryResult().getStatistics();
        return new Measured(nanos.getPercentile(50), nanos.getPercentile(99.9), bytes);
    }
}

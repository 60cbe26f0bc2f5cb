package dev.lockstep.bench.jmh;

import dev.lockstep.bench.Median;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The near hit of this build, with nobody listening, beside that of another one, by
 * {@code bench.against}: the other's checkout, whose benchmarks are compiled. Forks of both take
 * turns, and who begins does too, since the machine changes with time; what counts is the median of
 * the rounds' ratios. And beside both that of a node that is measured. One thread's.
 */
final class SideBySide {

    private static final String CLASS_PATH = "java.class.path";
    private static final Case HIT = Case.batched("near hit, unheard", NearHit.class, "listener", "none");
    private static final Case MEASURED = Case.batched("near hit, measured", NearHit.class);

    private final String ours = System.getProperty(CLASS_PATH);
    private final String theirs;
    private final PrintStream log;

    SideBySide(Path other, PrintStream log) {
        this.theirs = ofOther(ours, root(Path.of("").toAbsolutePath()), other.toAbsolutePath());
        this.log = log;
    }

    void run(Effort effort, int rounds) throws RunnerException {
        List<Double> ratios = new ArrayList<>();
        List<Double> measured = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Map<String, Double> nanos = new HashMap<>();
            for (String each : round % 2 == 0 ? List.of(theirs, ours) : List.of(ours, theirs)) {
                nanos.put(each, nanos(HIT, each, effort));
            }
            double before = nanos.get(theirs);
            double now = nanos.get(ours);
            double heard = nanos(MEASURED, ours, effort);
            ratios.add(now / before);
            measured.add(heard / now);
            print("round %d of %d: other %.1f ns, this %.1f ns, measured %.1f ns%n", round, rounds, before, now, heard);
        }
        print("this to other: %s%n", spread(ratios));
        print("measured to this: %s%n", spread(measured));
    }

    private double nanos(Case of, String classPath, Effort effort) throws RunnerException {
        System.setProperty(CLASS_PATH, classPath);
        try {
            return of.run(effort).nanos();
        } finally {
            System.setProperty(CLASS_PATH, ours);
        }
    }

    private void print(String format, Object... values) {
        log.printf(Locale.ROOT, format, values);
    }

    private static String spread(List<Double> ratios) {
        List<Double> sorted = ratios.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "median %.3f, from %.3f to %.3f",
                Median.of(ratios),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    private static Path root(Path directory) {
        return Stream.iterate(directory, Objects::nonNull, Path::getParent)
                .filter(each -> Files.exists(each.resolve("mvnw")))
                .findFirst()
                .orElseThrow();
    }

    private static String ofOther(String classPath, Path root, Path other) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(Path::of)
                .map(entry -> entry.startsWith(root) ? other.resolve(root.relativize(entry)) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}

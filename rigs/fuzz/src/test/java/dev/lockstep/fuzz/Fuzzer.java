package dev.lockstep.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * {@code ./mvnw -Pfuzz verify}: has Jazzer try each target for some minutes, in a JVM of its own.
 * What it learns is in {@code target/corpus}, and the next run begins with it; what it finds is in
 * {@code target/findings}, and belongs among the seeds once it is mended.
 */
final class Fuzzer {

    /** Bytes; longer inputs find nothing that these don't, and take longer. */
    private static final int LONGEST_INPUT = 4096;

    /**
     * Seconds that an input may take. The first one has classes loaded and instrumented, which took
     * more than ten on a machine that did other work besides.
     */
    private static final int SLOWEST_INPUT = 60;

    private final Path rig;
    private final Path corpora;
    private final Path findings;
    private final long minutes;

    private Fuzzer(Path rig, long minutes) {
        this.rig = rig;
        this.corpora = rig.resolve("target/corpus");
        this.findings = rig.resolve("target/findings");
        this.minutes = minutes;
    }

    /** @param arguments the rig's folder, minutes for each target, the pattern of their names */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Fuzzer fuzzer = new Fuzzer(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        Pattern only = Pattern.compile(arguments[2]);
        List<Target> targets = Target.ALL.stream()
                .filter(each -> only.matcher(each.name()).find())
                .toList();
        List<Target> failed = new ArrayList<>();
        for (Target target : targets) {
            if (!fuzzer.passes(target)) {
                failed.add(target);
            }
        }
        System.out.println("Fuzzed for " + fuzzer.minutes + " minutes each: " + targets);
        System.out.println("With findings, in " + fuzzer.findings + ": " + failed);
        System.exit(failed.isEmpty() && !targets.isEmpty() ? 0 : 1);
    }

    private boolean passes(Target target) throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(corpora.resolve(target.name()));
        Path found = Files.createDirectories(findings.resolve(target.name()));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "-Xmx512m",
                "-classpath",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.className(),
                "--instrumentation_includes=dev.lockstep.**:org.infinispan.protostream.**",
                "--reproducer_path=" + found,
                corpus.toString(),
                target.seeds(rig).toString(),
                "-artifact_prefix=" + found + "/",
                "-max_len=" + LONGEST_INPUT,
                "-timeout=" + SLOWEST_INPUT,
                "-rss_limit_mb=2048",
                "-max_total_time=" + TimeUnit.MINUTES.toSeconds(minutes),
                "-print_final_stats=1");
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}

package dev.lockstep.pit;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.pitest.mutationtest.config.PluginServices;
import org.pitest.mutationtest.config.ReportOptions;
import org.pitest.mutationtest.tooling.AnalysisResult;
import org.pitest.mutationtest.tooling.EntryPoint;
import org.pitest.testapi.TestGroupConfig;
import org.pitest.util.Verbosity;

/** Breaks one part of the product after the other, and asks its unit tests, by PIT. */
final class UnitTests {

    static final Path CLASSES = Path.of("target/classes").toAbsolutePath();
    static final Path TESTS = Path.of("target/test-classes").toAbsolutePath();

    /** Beyond twice what a test took: on a busy machine a slow test is not one that hangs. */
    private static final long PATIENCE_MILLIS = 8_000;

    private UnitTests() {}

    /** @param only the classes that are broken, of those of the part; empty for all of them */
    static List<Mutant> judge(MutatedPart part, List<String> only) {
        Path report = Path.of("rigs/pit/target/report", part.spelling());
        ReportOptions options = options(report);
        options.setTargetClasses(only.isEmpty() ? part.classes() : only);
        options.setTargetTests(part.judges());
        AnalysisResult result = new EntryPoint()
                .execute(new File("."), options, PluginServices.makeForContextLoader(), new HashMap<>());
        result.getError().ifPresent(e -> {
            throw new IllegalStateException(e);
        });
        return Results.taken();
    }

    /** The class path of this JVM without the product's jars: what is broken is in a folder. */
    static List<String> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> !Path.of(each).toAbsolutePath().normalize().startsWith(CLASSES.getParent()))
                .toList();
    }

    private static ReportOptions options(Path report) {
        ReportOptions options = new ReportOptions();
        List<String> classPath = new ArrayList<>(List.of(CLASSES.toString(), TESTS.toString()));
        classPath.addAll(libraries());
        options.setClassPathElements(classPath);
        options.setIncludeLaunchClasspath(false);
        options.setCodePaths(List.of(CLASSES.toString()));
        options.setSourceDirs(List.of(Path.of("src/main/java")));
        options.setProjectBase(Path.of("").toAbsolutePath());
        options.setReportDir(report.toString());
        options.setShouldCreateTimestampedReports(false);
        options.addOutputFormats(List.of(Results.NAME));
        options.setInputEncoding(StandardCharsets.UTF_8);
        options.setOutputEncoding(StandardCharsets.UTF_8);
        options.setVerbosity(Verbosity.QUIET);
        options.setNumberOfThreads(1);
        options.setTimeoutConstant(PATIENCE_MILLIS);
        options.setTimeoutFactor(2);
        options.addChildJVMArgs(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        options.setMutationEngine("gregor");
        options.setMutators(List.of());
        options.setFeatures(List.of());
        options.setGroupConfig(new TestGroupConfig());
        options.setLoggingClasses(List.of("java.util.logging", "java.lang.System"));
        options.setExcludedClasses(List.of());
        options.setExcludedTestClasses(List.of());
        options.setExcludedMethods(List.of());
        options.setExcludedRunners(List.of());
        options.setIncludedTestMethods(List.of());
        return options;
    }
}

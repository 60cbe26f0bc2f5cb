package dev.lockstep.pit;

import dev.lockstep.process.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.pitest.classinfo.ClassByteArraySource;
import org.pitest.mutationtest.engine.gregor.GregorMutater;
import org.pitest.mutationtest.engine.gregor.config.Mutator;

/**
 * Has the simulation judge a mutant: in a JVM whose class path begins with a folder of the broken
 * class alone. The simulation's loader reads the product's classes there.
 */
final class Simulated {

    private static final Path SIMULATION =
            Path.of("rigs/sim/target/test-classes").toAbsolutePath();
    private static final Path MUTANT = Path.of("rigs/pit/target/mutant").toAbsolutePath();
    static final Path OUTPUT = Path.of("rigs/pit/target/simulation.txt").toAbsolutePath();

    /** One that makes the simulation itself hang is found as well as one that fails. */
    private static final int MINUTES = 5;

    /** Of all runs, so that the next one judges as this one did. */
    private static final String SEED = "17";

    private final long validations;
    private final GregorMutater mutater;

    Simulated(long validations) {
        this.validations = validations;
        ClassByteArraySource source = Simulated::bytes;
        this.mutater = new GregorMutater(source, method -> true, Mutator.newDefaults());
    }

    private static Optional<byte[]> bytes(String name) {
        try {
            Path file = UnitTests.CLASSES.resolve(name.replace('.', '/') + ".class");
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean kills(Mutant mutant) throws IOException, InterruptedException {
        Path file = MUTANT.resolve(mutant.details().getClassName().asInternalName() + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, mutater.getMutation(mutant.details().getId()).getBytes());
        try {
            return !isWell();
        } finally {
            Files.delete(file);
        }
    }

    /** Also called with nothing broken, since then it must be. */
    boolean isWell() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(OUTPUT.toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            return false;
        }
        return process.exitValue() == 0;
    }

    private List<String> command() {
        List<String> classPath =
                new ArrayList<>(List.of(MUTANT, UnitTests.CLASSES, UnitTests.TESTS, SIMULATION).stream()
                        .map(Path::toString)
                        .toList());
        classPath.addAll(UnitTests.libraries());
        return List.of(
                Jdk.program("java"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dsim.validations=" + validations,
                "-Dsim.seed=" + SEED,
                "-classpath",
                String.join(File.pathSeparator, classPath),
                "dev.lockstep.sim.Simulator");
    }
}

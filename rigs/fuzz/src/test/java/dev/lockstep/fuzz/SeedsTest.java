package dev.lockstep.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer begins with, and what it once found, without the fuzzer. */
class SeedsTest {

    private static final Path RIG = Path.of("").toAbsolutePath();

    /** Of each seed; the same in each run. */
    private static final int MUTANTS = 500;

    static List<Target> targets() {
        return Target.ALL;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noSeedIsAFinding(Target target) throws Throwable {
        List<byte[]> seeds = seeds(target);
        assertThat(seeds).isNotEmpty();
        for (byte[] seed : seeds) {
            target.run(seed);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void norIsWhatIsLikeOne(Target target) throws Throwable {
        Random random = new Random(target.name().hashCode());
        for (byte[] seed : seeds(target)) {
            for (int each = 0; each < MUTANTS; each++) {
                target.run(mutant(seed, random));
            }
        }
    }

    private static byte[] mutant(byte[] seed, Random random) {
        byte[] mutant = Arrays.copyOf(seed, Math.max(1, seed.length + random.nextInt(5) - 2));
        for (int each = random.nextInt(4); each >= 0; each--) {
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
        }
        return mutant;
    }

    private static List<byte[]> seeds(Target target) throws IOException {
        try (Stream<Path> files = Files.list(target.seeds(RIG))) {
            return files.sorted().map(SeedsTest::read).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

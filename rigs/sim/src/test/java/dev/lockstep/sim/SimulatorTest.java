package dev.lockstep.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.Jdk;
import dev.lockstep.sim.weave.Runner;
import dev.lockstep.sim.weave.Runner.Result;
import dev.lockstep.sim.weave.Slip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {

    private static final BitSet NOTHING = new BitSet();

    @BeforeAll
    static void prepare() {
        Simulator.prepare();
    }

    @Test
    void aSeedDecidesAllThatHappens() throws InterruptedException {
        Runner one = Runner.with(null);
        Result first = one.run(7, NOTHING, false);
        one.run(8, NOTHING, false);
        assertThat(one.run(7, NOTHING, false).trace()).isEqualTo(first.trace());
        assertThat(Runner.with(null).run(7, NOTHING, false).trace()).isEqualTo(first.trace());
        assertThat(one.run(8, NOTHING, false).trace()).isNotEqualTo(first.trace());
    }

    @Test
    void itDoesSoInAnotherJvm() throws IOException, InterruptedException {
        assertThat(List.of(traceInAnotherJvm(), traceInAnotherJvm()))
                .containsOnly("sim: world 7 trace "
                        + Long.toHexString(
                                Runner.with(null).run(7, NOTHING, false).trace()));
    }

    private static String traceInAnotherJvm() throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(
                        Jdk.program("java"),
                        "-Dsim.world=7",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Simulator.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor()).as(said).isZero();
        return said.strip();
    }

    @Test
    void whatFailsIsShrunkToLessThatFailsStill() throws InterruptedException {
        Runner broken = Runner.with(Slip.NO_WAIT);
        SplittableRandom seeds = new SplittableRandom(1);
        long seed = seeds.nextLong();
        Result failed = broken.run(seed, NOTHING, false);
        while (failed.violations().isEmpty()) {
            seed = seeds.nextLong();
            failed = broken.run(seed, NOTHING, false);
        }
        Shrinker shrinker = new Shrinker(broken, seed, NOTHING, failed);
        shrinker.shrink();
        Result again = broken.run(seed, shrinker.without(), true);
        assertThat(again.violations())
                .isEqualTo(shrinker.shortest().violations())
                .isNotEmpty();
        assertThat(again.last()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "3,5-9", "1-2,4,6-7"})
    void numbersAreWrittenAsTheyAreRead(String text) {
        assertThat(SimOptions.text(SimOptions.ranges(text))).isEqualTo(text);
    }
}

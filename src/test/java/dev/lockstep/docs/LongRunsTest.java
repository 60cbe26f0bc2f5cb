package dev.lockstep.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.Program;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands that no build has the time, or the tools, for: benchmarks, long fault tests, models. All
 * that is held of them is that the shell understands them; {@link BlocksTest} knows the profiles
 * and the options that they name.
 */
class LongRunsTest {

    static Stream<Block> commands() {
        return Stream.of(
                Block.printed("docs/internals/chaos.md", "sh", 1), // 30 minutes
                // ten minutes, and an installed PostgreSQL
                Block.printed("docs/internals/chaos.md", "sh", 2),
                Block.printed("docs/internals/chaos.md", "sh", 3),
                // up to two minutes for each broken rule
                Block.printed("docs/internals/chaos.md", "sh", 4),
                Block.printed("docs/internals/schedules.md", "sh", 1), // some minutes
                Block.printed("docs/internals/mutants.md", "sh", 1), // two minutes
                Block.printed("docs/internals/simulation.md", "sh", 1), // hours
                Block.printed("docs/internals/simulation.md", "sh", 2),
                Block.printed("docs/internals/simulation.md", "sh", 3),
                Block.printed("docs/performance.md", "sh", 1), // half an hour, and wrk
                Block.printed("docs/performance.md", "sh", 2), // a profiler's library
                Block.printed("docs/performance.md", "sh", 3),
                Block.printed("rigs/fuzz/README.md", "sh", 1), // more than an hour
                Block.printed("rigs/model/README.md", "sh", 1), // Spin and a C compiler
                Block.printed("rigs/model/README.md", "sh", 2),
                Block.printed("rigs/model/README.md", "sh", 3),
                Block.printed("rigs/README.md", "sh", 1)); // another build of this build
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theShellUnderstandsThem(Block block) throws Exception {
        assertThat(Program.require(Duration.ofMinutes(1), List.of("sh", "-n", "-c", block.text())))
                .isEmpty();
    }
}

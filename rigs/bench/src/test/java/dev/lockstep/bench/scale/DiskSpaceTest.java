package dev.lockstep.bench.scale;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {

    private static final long GIGABYTE = 1_000_000_000;

    @Test
    void whatHasNoRoomIsRefusedWithTheRemedy() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DiskSpace.require(Path.of("target"), 10_000_000, 5 * GIGABYTE))
                .withMessageContaining("10,000,000 sessions take up to 23 GB in ")
                .withMessageContaining("where 5 GB are free")
                .withMessageContaining("-Dscale.max=1000000");
    }

    @Test
    void whatHasRoomIsNot() {
        assertThatCode(() -> DiskSpace.require(Path.of("target"), 10_000_000, 23 * GIGABYTE))
                .doesNotThrowAnyException();
    }

    @Test
    void fewerSessionsNeedLess() {
        assertThatCode(() -> DiskSpace.require(Path.of("target"), 1_000_000, 12 * GIGABYTE))
                .doesNotThrowAnyException();
    }
}

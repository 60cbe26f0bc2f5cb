package dev.lockstep.web.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However odd a path is, reading it takes little work, and where that does not suffice the path is
 * closed.
 */
class PathInterpretationsWorkTest {

    private static final PathPattern SECRET = new PathPattern("/secret/*");

    static Stream<String> oddities() {
        return Stream.of(
                "/a;b",
                "/..",
                "/a/../b",
                "/%25",
                "%25",
                "%252e",
                "/%2e%2e/a",
                "//",
                "\\",
                "/;/../%2f",
                "/..;x/%2e%5c%3b//",
                "/%25252e%25252e",
                "/s%2f..%2f;x=y/%3b",
                "/secre%74");
    }

    /**
     * Each character is looked at a bounded number of times, and there are not too many of them.
     */
    @ParameterizedTest
    @MethodSource("oddities")
    void theWorkIsLinearInTheLengthAndBounded(String oddity) {
        for (int times = 1; times <= 4096; times *= 2) {
            String path = "/app" + oddity.repeat(times);
            int work = new PathInterpretations(path).work();
            assertThat(work).as("%d times %s", times, oddity).isLessThanOrEqualTo(100 * path.length());
            assertThat(work).isLessThanOrEqualTo(100_000);
        }
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void aLongPathIsTakenForEverythingWithoutAnyWork(String oddity) {
        PathInterpretations readings = new PathInterpretations("/app" + oddity.repeat(PathInterpretations.LONGEST));
        assertThat(readings.work()).isZero();
        assertThat(readings.touch(SECRET)).isTrue();
    }

    @Test
    void aPathOfManyReadingsIsTakenForEverything() {
        assertThat(new PathInterpretations("/app/%" + "25".repeat(100) + "2e").touch(SECRET))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/files/a%2Fb%2Fc",
                "/app/files/a%2Fb%3Bc=d",
                "/app/proxy/https%3A%2F%2Fshop.example%2Fx",
                "/app/x;jsessionid=0123;v=1/y;z",
                "/app//x///y",
                "/app/x/./y/../z",
                "/app/100%25",
                "/app/%252F"
            })
    void whatClientsReallySendIsNotTakenForEverything(String path) {
        assertThat(new PathInterpretations(path).touch(SECRET)).isFalse();
    }
}

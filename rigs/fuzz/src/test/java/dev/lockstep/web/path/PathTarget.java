package dev.lockstep.web.path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request's path: whoever takes it for a protected one by the steps that servers take, we do too.
 * The input's first byte says how many steps, the next ones say which; the path follows.
 */
public final class PathTarget {

    private static final int MOST_STEPS = 7;
    private static final PathPattern SECRET = new PathPattern("/s/t/*");
    private static final PathReading[] READINGS = PathReading.values();

    private PathTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        int steps = bytes.length == 0 ? 0 : Math.floorMod(bytes[0], MOST_STEPS + 1);
        if (bytes.length <= steps) {
            return;
        }
        String raw = "/" + new String(bytes, steps + 1, bytes.length - steps - 1, UTF_8);
        boolean closed = new PathInterpretations(raw).touch(SECRET);
        boolean plain = PlainPath.isPlain(raw);
        if (isSecret(raw, bytes, steps)) {
            assertThat(closed).as(raw).isTrue();
            assertThat(!plain || SECRET.mayMatch(PathReading.DECODE.apply(raw)))
                    .as(raw)
                    .isTrue();
        }
    }

    private static boolean isSecret(String raw, byte[] bytes, int steps) {
        String read = raw;
        try {
            for (int each = 1; each <= steps; each++) {
                read = READINGS[Math.floorMod(bytes[each], READINGS.length)].apply(read);
            }
        } catch (IllegalArgumentException e) {
            return false; // such a server refuses the request
        }
        return SECRET.matches(read);
    }
}

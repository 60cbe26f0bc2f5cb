package dev.lockstep.web.path;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Everything that a raw path may be taken for. A server maps a request by one reading of its path,
 * and frameworks choose a resource by another: Jakarta REST implementations read the raw URI, in
 * which {@code /secret/x/../../open} is still below {@code /secret}. What is to be closed must be
 * closed under each of them.
 *
 * <p>The readings are what the {@linkplain PathSteps steps} that servers, frameworks and file
 * systems are known to take lead to, in whatever order and however often. They are few; a path of
 * which there are many, or that is long, or that cannot be decoded, is taken for everything.
 * Immutable.
 *
 * <p>So the work is bounded, whatever a client sends, and linear in the length of the path: each
 * reading is given to each step once, no reading is longer than the path, and a step looks at each
 * character a fixed number of times.
 */
final class PathInterpretations {

    /**
     * An ordinary path with parameters, an encoded slash or two slashes in a row has two to six.
     */
    static final int MAX_INTERPRETATIONS = 16;

    /**
     * Characters. Paths are shorter (an estimate); the work that a longer one makes is not begun.
     */
    static final int LONGEST = 1024;

    private final Set<String> readings = new LinkedHashSet<>();
    private final boolean anything;
    private int work;

    PathInterpretations(String rawPath) {
        anything = rawPath.length() > LONGEST || !collect(rawPath);
    }

    /**
     * Whether a reading lies within a pattern; wherever in it the application's own part may begin.
     */
    boolean touch(PathPattern pattern) {
        if (anything) {
            return true;
        }
        for (String reading : readings) {
            if (touches(reading, pattern)) {
                return true;
            }
        }
        return false;
    }

    /** How many characters the steps were given in all. */
    int work() {
        return work;
    }

    /** Whether these are all. */
    private boolean collect(String rawPath) {
        Deque<String> unread = new ArrayDeque<>(List.of(rawPath));
        while (!unread.isEmpty()) {
            String path = unread.pop();
            if (readings.add(path)) {
                if (!isText(path) || readings.size() > MAX_INTERPRETATIONS) {
                    return false;
                }
                for (UnaryOperator<String> step : PathSteps.ALL) {
                    work += path.length();
                    unread.push(step.apply(path));
                }
            }
        }
        return true;
    }

    private static boolean touches(String reading, PathPattern pattern) {
        int at = reading.indexOf('/');
        while (at >= 0 && !pattern.mayMatch(reading, at)) {
            at = reading.indexOf('/', at + 1);
        }
        return at >= 0;
    }

    /**
     * Neither control characters, which end a path for some, nor what stands for bytes that are no
     * text.
     */
    private static boolean isText(String path) {
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c < ' ' || c == 0x7f || c == '\ufffd') {
                return false;
            }
        }
        return true;
    }
}

package dev.lockstep.web;

import dev.lockstep.config.PathPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Everything that a raw path may be taken for. A server maps a request by one reading of its path, and frameworks
 * choose a resource by another: Jakarta REST implementations read the raw URI, in which {@code /secret/x/../../open}
 * is still below {@code /secret}. What is to be closed must be closed under each of them.
 *
 * <p>The readings are what the steps that servers, frameworks and file systems are known to take lead to, in whatever
 * order and however often. They are few; a path of which there are many, or that is long, or that cannot be decoded, is
 * taken for everything. Immutable.
 */
final class Readings {

    private static final int MOST = 64;
    private static final int LONGEST = 2048;
    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    private static final List<UnaryOperator<String>> STEPS = List.of(
            Readings::withoutParameters,
            Readings::upToFirstParameter,
            Readings::decoded,
            path -> path.replace('\\', '/'),
            path -> SLASHES.matcher(path).replaceAll("/"),
            Readings::withoutDotSegments);

    private final Set<String> readings = new LinkedHashSet<>();
    private final boolean anything;

    Readings(String rawPath) {
        anything = rawPath.length() > LONGEST || !collect(rawPath);
    }

    /** Whether a reading lies within a pattern; wherever in it the application's own part may begin. */
    boolean touch(PathPattern pattern) {
        return anything || readings.stream().anyMatch(reading -> touches(reading, pattern));
    }

    /** Whether these are all. */
    private boolean collect(String rawPath) {
        Deque<String> unread = new ArrayDeque<>(List.of(rawPath));
        while (!unread.isEmpty()) {
            String path = unread.pop();
            if (readings.add(path)) {
                if (!isText(path) || readings.size() > MOST) {
                    return false;
                }
                STEPS.forEach(step -> unread.push(step.apply(path)));
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

    /** Neither control characters, which end a path for some, nor what stands for bytes that are no text. */
    private static boolean isText(String path) {
        return path.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '\ufffd');
    }

    /** As Servlet 6.0, section 3.5.2 and Jakarta REST do. */
    private static String withoutParameters(String path) {
        return PARAMETERS.matcher(path).replaceAll("");
    }

    /** As Payara does. */
    private static String upToFirstParameter(String path) {
        int parameters = path.indexOf(';');
        return parameters < 0 ? path : path.substring(0, parameters);
    }

    private static String decoded(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int at = 0; at < bytes.length; at++) {
            int escaped = bytes[at] == '%' ? PercentEscape.at(bytes, at) : -1;
            bytes[length++] = escaped < 0 ? bytes[at] : (byte) escaped;
            at += escaped < 0 ? 0 : 2;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** RFC 3986, section 5.2.4; what would lead above the root stays there. */
    private static String withoutDotSegments(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        String joined = String.join("/", segments);
        return joined.startsWith("/") ? joined : "/" + joined;
    }
}

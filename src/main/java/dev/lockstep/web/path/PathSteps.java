package dev.lockstep.web.path;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What servers, frameworks and file systems do to a path before they look it up. Each step takes
 * one pass, and makes no path longer but by a slash at its beginning.
 */
final class PathSteps {

    static final List<UnaryOperator<String>> ALL = List.of(
            PathSteps::withoutParameters,
            PathSteps::upToFirstParameter,
            PathSteps::decoded,
            path -> path.replace('\\', '/'),
            PathSteps::withSingleSlashes,
            PathSteps::withoutDotSegments);

    private PathSteps() {}

    /** As Servlet 6.0, section 3.5.2 and Jakarta REST do. */
    private static String withoutParameters(String path) {
        if (path.indexOf(';') < 0) {
            return path;
        }
        StringBuilder kept = new StringBuilder(path.length());
        boolean parameters = false;
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            parameters = c == ';' || (parameters && c != '/');
            if (!parameters) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /** As Payara does. */
    private static String upToFirstParameter(String path) {
        int parameters = path.indexOf(';');
        return parameters < 0 ? path : path.substring(0, parameters);
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int at = 0; at < bytes.length; at++) {
            int escaped = bytes[at] == '%' ? PercentEscape.at(bytes, at) : -1;
            bytes[length++] = escaped < 0 ? bytes[at] : (byte) escaped;
            at += escaped < 0 ? 0 : 2;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static String withSingleSlashes(String path) {
        if (!path.contains("//")) {
            return path;
        }
        StringBuilder kept = new StringBuilder(path.length());
        for (int at = 0; at < path.length(); at++) {
            if (at == 0 || path.charAt(at) != '/' || path.charAt(at - 1) != '/') {
                kept.append(path.charAt(at));
            }
        }
        return kept.toString();
    }

    /** RFC 3986, section 5.2.4; what would lead above the root stays there. */
    private static String withoutDotSegments(String path) {
        if (path.startsWith("/") && !path.contains("/.")) {
            return path;
        }
        StringBuilder kept = new StringBuilder(path.length() + 1);
        for (int start = 0, end; start <= path.length(); start = end + 1) {
            end = endOfSegment(path, start);
            if (isSegment("..", path, start, end)) {
                kept.setLength(Math.max(0, kept.lastIndexOf("/")));
            } else if (!isSegment(".", path, start, end)) {
                kept.append('/').append(path, start, end);
            }
        }
        return rooted(kept);
    }

    /**
     * The segments, each after a slash; the first of them is empty where the path began with one.
     */
    private static String rooted(StringBuilder segments) {
        if (segments.length() == 0) {
            return "/";
        }
        return segments.length() > 1 && segments.charAt(1) == '/' ? segments.substring(1) : segments.toString();
    }

    private static int endOfSegment(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }

    private static boolean isSegment(String segment, String path, int start, int end) {
        return end - start == segment.length() && path.startsWith(segment, start);
    }
}

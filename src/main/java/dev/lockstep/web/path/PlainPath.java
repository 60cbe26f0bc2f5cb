package dev.lockstep.web.path;

/**
 * Tells paths that everybody reads alike from those that servers, frameworks and file systems may
 * differ over: by path parameters, dot segments, empty segments, backslashes, control characters,
 * and what stands for these after a percent sign. Allocates nothing.
 */
final class PlainPath {

    private PlainPath() {}

    /** Whether a path, raw or decoded, has one reading. */
    static boolean isPlain(String path) {
        int segment = 0;
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c == '%' ? !isHarmless(PercentEscape.at(path, at)) : isDoubtful(c)) {
                return false;
            }
            if (c == '/') {
                if (at > 0 && isOdd(path, segment, at)) {
                    return false;
                }
                segment = at + 1;
            }
        }
        return segment == path.length() || !isOdd(path, segment, path.length());
    }

    /**
     * Control characters, the backslash, the begin of parameters, and what decoders put for octets
     * that are no text.
     */
    private static boolean isDoubtful(int c) {
        return c < ' ' || c == 0x7f || c == '\\' || c == ';' || c == '\ufffd';
    }

    private static boolean isHarmless(int octet) {
        return octet >= 0 && !isDoubtful(octet) && ".%/".indexOf(octet) < 0 && !isNeverUtf8(octet);
    }

    /**
     * RFC 3629, section 1. The first two begin what a careless decoder takes for a dot or a slash.
     */
    private static boolean isNeverUtf8(int octet) {
        return octet == 0xc0 || octet == 0xc1 || octet >= 0xf5;
    }

    /** An empty segment or a dot segment. */
    private static boolean isOdd(String path, int start, int end) {
        return switch (end - start) {
            case 0 -> true;
            case 1 -> path.charAt(start) == '.';
            case 2 -> path.charAt(start) == '.' && path.charAt(start + 1) == '.';
            default -> false;
        };
    }
}

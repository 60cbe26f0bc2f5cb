package dev.lockstep.web;

/** How many readings a path has. */
enum PathShape {
    /** One. */
    PLAIN,
    /** One, once the path parameters ({@code ;name=value}) are taken off, as Servlet 6.0, section 3.5.2 does. */
    WITH_PARAMETERS,
    /**
     * Several: servers, frameworks and file systems differ over dot segments, empty segments, backslashes, control
     * characters, and what stands for them after a percent sign.
     */
    AMBIGUOUS;

    /** The shape of a path, raw or decoded, in one pass and without allocating. */
    static PathShape of(String path) {
        PathShape shape = PLAIN;
        for (int start = 0, end; start <= path.length(); start = end + 1) {
            end = path.indexOf('/', start);
            end = end < 0 ? path.length() : end;
            int name = nameLength(path, start, end);
            if (isAmbiguous(path, start, end) || isOdd(path, start, name, end)) {
                return AMBIGUOUS;
            }
            shape = name == end - start ? shape : WITH_PARAMETERS;
        }
        return shape;
    }

    /** Length of a segment up to its parameters. */
    private static int nameLength(String path, int start, int end) {
        int parameters = path.indexOf(';', start);
        return parameters < 0 || parameters > end ? end - start : parameters - start;
    }

    private static boolean isAmbiguous(String path, int start, int end) {
        for (int at = start; at < end; at++) {
            char c = path.charAt(at);
            if (c == '%' ? !isHarmlessEscape(path, at, end) : divides(c)) {
                return true;
            }
        }
        return false;
    }

    /** An empty segment that is neither the first nor the last, or a dot segment. */
    private static boolean isOdd(String path, int start, int length, int end) {
        return switch (length) {
            case 0 -> start > 0 && end < path.length();
            case 1 -> path.charAt(start) == '.';
            case 2 -> path.charAt(start) == '.' && path.charAt(start + 1) == '.';
            default -> false;
        };
    }

    /** Whether what stands behind a percent sign is two hexadecimal digits for a harmless character. */
    private static boolean isHarmlessEscape(String path, int at, int end) {
        if (at + 2 >= end) {
            return false;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        char c = (char) ((high << 4) | low);
        return high >= 0 && low >= 0 && !divides(c) && ".;/".indexOf(c) < 0;
    }

    /** Control characters, the backslash, and what decoders put for bytes that are no UTF-8. */
    private static boolean divides(char c) {
        return c < ' ' || c == 0x7f || c == '\\' || c == '\ufffd';
    }
}

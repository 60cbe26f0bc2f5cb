package dev.lockstep.endpoints.routing;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request, which must be short, of the type that is expected, and UTF-8. */
final class Body {

    /** Bytes: a token has 43, a principal up to 255 characters. */
    static final int LONGEST = 16 * 1024;

    private Body() {}

    /**
     * The whole body.
     *
     * @param type the media type that it must have
     * @throws ProblemException 413, 415, or 400 if it can't be read or is no UTF-8
     */
    static String read(String type, HttpServletRequest request) {
        check(type, request);
        if (request.getContentLengthLong() > LONGEST) {
            throw tooLong();
        }
        try {
            byte[] bytes = request.getInputStream().readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw tooLong();
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(400, "The body is no UTF-8.");
        } catch (IOException e) {
            throw new ProblemException(400, "The body could not be read.");
        }
    }

    private static void check(String type, HttpServletRequest request) {
        boolean plain = request.getHeader("Content-Encoding") == null;
        if (!plain || !isOf(type, request.getContentType())) {
            throw new ProblemException(415, "The body is of the type " + type + ", in UTF-8 and not compressed.");
        }
    }

    /** Whether a header names this type, perhaps with UTF-8 (RFC 9110, section 8.3.1). */
    private static boolean isOf(String type, @Nullable String header) {
        String[] parts = header == null ? new String[] {""} : header.split(";", -1);
        boolean same = parts[0].strip().equalsIgnoreCase(type);
        for (int at = 1; at < parts.length; at++) {
            same &= isHarmless(parts[at].strip().toLowerCase(Locale.ROOT));
        }
        return same;
    }

    private static boolean isHarmless(String parameter) {
        return !parameter.startsWith("charset=") || parameter.replace("\"", "").equals("charset=utf-8");
    }

    private static ProblemException tooLong() {
        return new ProblemException(413, "The body has at most " + LONGEST + " bytes.");
    }
}

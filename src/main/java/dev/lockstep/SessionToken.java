package dev.lockstep;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a client presents as its bearer token (RFC 6750, section 1.2). Whoever holds it
 * is the session's principal, so it masks itself in {@link #toString}, is compared in constant
 * time, and is not serializable.
 */
public final class SessionToken {

    /** Of the 43 characters that a token has behind its prefix as many as leave none to guess. */
    private static final Pattern LIKENESS = Pattern.compile("[A-Za-z0-9_-]{40,}");

    private final String text;
    private final int start;
    private final int end;

    private SessionToken(String text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
    }

    /**
     * Wraps what a client presented. Any text is accepted: an unknown token is recognized by its
     * digest.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public static SessionToken of(String value) {
        return new SessionToken(Objects.requireNonNull(value, "value"), 0, value.length());
    }

    /**
     * Wraps what a client presented within a longer text, such as a header's value, without copying
     * it.
     *
     * @param start where it begins, 0 or more
     * @param end where it ends, exclusive
     * @throws IndexOutOfBoundsException if the text has no such part
     */
    public static SessionToken within(String text, int start, int end) {
        Objects.checkFromToIndex(start, end, text.length());
        return new SessionToken(text, start, end);
    }

    /**
     * Whether some part of a text looks like a token that was issued, or like most of one: forty
     * characters of base64url or more. For what came from somebody who may have mistaken a token
     * for something else, before it is logged or kept.
     */
    public static boolean mayBeIn(String text) {
        return LIKENESS.matcher(text).find();
    }

    /** A text with … in place of each part that looks like a token. */
    static String redactedIn(String text) {
        return mayBeIn(text) ? LIKENESS.matcher(text).replaceAll("…") : text;
    }

    /** How many characters it has. */
    public int length() {
        return end - start;
    }

    /**
     * Copies the lower eight bits of each character; no token that was issued has more.
     *
     * @param target has room for {@link #length} bytes from {@code index} on
     */
    // the only copy of a string's characters that allocates nothing
    @SuppressWarnings("deprecation")
    public void copyTo(byte[] target, int index) {
        text.getBytes(start, end, target, index);
    }

    /**
     * The lower eight bits of eight characters in a row, that of the first lowest: what
     * {@link #copyTo} would copy, without memory to copy it to.
     *
     * @param index of the first of them
     * @throws IndexOutOfBoundsException if there are no eight from there on
     */
    public long bytesAt(int index) {
        int at = start + Objects.checkFromIndexSize(index, Long.BYTES, length());
        return (text.charAt(at) & 0xFFL)
                | (text.charAt(at + 1) & 0xFFL) << 8
                | (text.charAt(at + 2) & 0xFFL) << 16
                | (text.charAt(at + 3) & 0xFFL) << 24
                | (text.charAt(at + 4) & 0xFFL) << 32
                | (text.charAt(at + 5) & 0xFFL) << 40
                | (text.charAt(at + 6) & 0xFFL) << 48
                | (text.charAt(at + 7) & 0xFFL) << 56;
    }

    /** The secret itself. Send it to the client once, and store it nowhere. */
    public String value() {
        return text.substring(start, end);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionToken that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return value().hashCode();
    }

    @Override
    public String toString() {
        return "SessionToken[masked]";
    }

    private byte[] bytes() {
        return value().getBytes(StandardCharsets.UTF_8);
    }
}

package dev.lockstep;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a client presents as its bearer token (RFC 6750, section 1.2). Whoever holds it is the session's
 * principal, so it masks itself in {@link #toString}, is compared in constant time, and is not serializable.
 */
public final class SessionToken {

    private final String value;

    private SessionToken(String value) {
        this.value = value;
    }

    /**
     * Wraps what a client presented; any text is accepted, since an unknown token is found out by its digest.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public static SessionToken of(String value) {
        return new SessionToken(Objects.requireNonNull(value, "value"));
    }

    /** The secret itself, to be sent to the client once and kept nowhere. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionToken that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "SessionToken[masked]";
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.lockstep.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Revocations as bytes, one after the other: position, digest, cause, time in milliseconds, and the
 * session's identifier and the principal, each behind its length in bytes. Stateless.
 */
final class RevocationFormat {

    private static final int FIXED = Long.BYTES + TokenDigest.LENGTH + 1 + Long.BYTES + 2 * Integer.BYTES;

    /** By their number. */
    private static final List<Cause> CAUSES = List.of(
            Cause.REVOKED,
            Cause.ROTATED,
            Cause.TOKEN_GONE,
            Cause.SESSION_GONE,
            Cause.PRINCIPAL_GONE,
            Cause.COPIES_VOID);

    private RevocationFormat() {}

    /** Bytes that one takes. */
    static int length(Revocation revocation) {
        return FIXED
                + revocation.sessionId().getBytes(UTF_8).length
                + revocation.principal().getBytes(UTF_8).length;
    }

    static byte[] write(List<Revocation> revocations) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        revocations.forEach(revocation -> all.writeBytes(write(revocation)));
        return all.toByteArray();
    }

    private static byte[] write(Revocation revocation) {
        byte[] sessionId = revocation.sessionId().getBytes(UTF_8);
        byte[] principal = revocation.principal().getBytes(UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(FIXED + sessionId.length + principal.length);
        buffer.putLong(revocation.position())
                .put(revocation.digest().toBytes())
                .put((byte) CAUSES.indexOf(revocation.cause()))
                .putLong(revocation.revokedAt().toEpochMilli());
        write(buffer, sessionId);
        write(buffer, principal);
        return buffer.array();
    }

    /** Empty where the bytes are no revocations, or such as a later version knows. */
    static Optional<List<Revocation>> read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        List<Revocation> revocations = new ArrayList<>();
        try {
            while (buffer.hasRemaining()) {
                revocations.add(readOne(buffer));
            }
            return Optional.of(revocations);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Revocation readOne(ByteBuffer buffer) {
        long position = buffer.getLong();
        byte[] digest = new byte[TokenDigest.LENGTH];
        buffer.get(digest);
        Cause cause = CAUSES.get(buffer.get());
        Instant revokedAt = Instant.ofEpochMilli(buffer.getLong());
        String sessionId = text(buffer);
        return new Revocation(position, TokenDigest.of(digest), sessionId, text(buffer), cause, revokedAt);
    }

    private static void write(ByteBuffer buffer, byte[] text) {
        buffer.putInt(text.length).put(text);
    }

    /** Allocates no more than there is to read. */
    private static String text(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        buffer.get(text);
        return new String(text, UTF_8);
    }
}

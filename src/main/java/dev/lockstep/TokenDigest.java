package dev.lockstep;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 digest (FIPS 180-4) of a token salted with its application: it is all that caches,
 * stores and logs know of a token. The token cannot be derived from it, and comparing digests need
 * not take constant time, since anybody who can choose digests already holds the tokens.
 *
 * <p>Immutable. Four longs rather than an array, so that it is one small object with a ready hash.
 *
 * @param a bytes 0 to 7, big-endian
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record TokenDigest(long a, long b, long c, long d) {

    /** Length of a digest in bytes. */
    public static final int LENGTH = 32;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /**
     * Reads the first {@value #LENGTH} bytes.
     *
     * @throws IndexOutOfBoundsException if there are fewer
     */
    public static TokenDigest of(byte[] bytes) {
        return new TokenDigest(longAt(bytes, 0), longAt(bytes, 8), longAt(bytes, 16), longAt(bytes, 24));
    }

    /** A new array of {@value #LENGTH} bytes. */
    public byte[] toBytes() {
        byte[] bytes = new byte[LENGTH];
        LONGS.set(bytes, 0, a);
        LONGS.set(bytes, 8, b);
        LONGS.set(bytes, 16, c);
        LONGS.set(bytes, 24, d);
        return bytes;
    }

    /** 64 hexadecimal digits, lower case. */
    public String toHex() {
        return HexFormat.of().formatHex(toBytes());
    }

    /** Written out: what the language makes of a record is not always compiled into its callers. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenDigest that && a == that.a && b == that.b && c == that.c && d == that.d;
    }

    /** Any 32 bits of a digest are as good a hash as any others. */
    @Override
    public int hashCode() {
        return (int) a;
    }

    /** The first eight digits: enough to tell digests apart in a log. */
    @Override
    public String toString() {
        return "TokenDigest[" + toHex().substring(0, 8) + "…]";
    }

    private static long longAt(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }
}

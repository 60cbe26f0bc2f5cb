package dev.lockstep.session;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** SipHash-c-d with 128 bits as the paper describes it: padding, words, rounds. */
final class PlainSipHash {

    record Fingerprint(long a, long b) {}

    private final long[] v;

    private PlainSipHash(long key0, long key1) {
        v = new long[] {
            key0 ^ 0x736f6d6570736575L,
            key1 ^ 0x646f72616e646f6dL,
            key0 ^ 0x6c7967656e657261L,
            key1 ^ 0x7465646279746573L
        };
    }

    static Fingerprint of(int perWord, int atEnd, long key0, long key1, byte[] input) {
        PlainSipHash state = new PlainSipHash(key0, key1);
        state.v[1] ^= 0xee;
        byte[] padded = Arrays.copyOf(input, (input.length / 8 + 1) * 8);
        padded[padded.length - 1] = (byte) input.length;
        ByteBuffer words = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
        while (words.hasRemaining()) {
            long word = words.getLong();
            state.v[3] ^= word;
            state.rounds(perWord);
            state.v[0] ^= word;
        }
        state.v[2] ^= 0xee;
        long first = state.rounds(atEnd);
        state.v[1] ^= 0xdd;
        return new Fingerprint(first, state.rounds(atEnd));
    }

    private long rounds(int number) {
        for (int i = 0; i < number; i++) {
            half(0, 1, 13, 2, 3, 16);
            half(2, 1, 17, 0, 3, 21);
        }
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    /** Two additions at a time, as the paper draws a round. */
    private void half(int a, int b, int turnB, int c, int d, int turnD) {
        v[a] += v[b];
        v[c] += v[d];
        v[b] = Long.rotateLeft(v[b], turnB) ^ v[a];
        v[d] = Long.rotateLeft(v[d], turnD) ^ v[c];
        v[a] = Long.rotateLeft(v[a], 32);
    }
}

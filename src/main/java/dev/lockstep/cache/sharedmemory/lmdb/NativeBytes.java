package dev.lockstep.cache.sharedmemory.lmdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way into LMDB or out of it. What goes in is copied to native memory that lives as
 * long as this object, so whoever hands it to LMDB keeps it reachable until the call has returned
 * ({@code Reference.reachabilityFence}). Not thread-safe.
 */
final class NativeBytes {

    private static final Runtime RUNTIME = Runtime.getSystemRuntime();
    /** Where one call into native code begins to cost less than the longs. */
    private static final int NATIVE_COPY_FROM = 1_024;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private byte[] array;
    private @Nullable Pointer copy;

    NativeBytes(byte[] array) {
        this.array = array;
    }

    byte[] array() {
        return array;
    }

    /**
     * Takes others of the same length, into the same native memory, since to allocate some costs as
     * much as LMDB's get.
     */
    void replace(byte[] others) {
        array = others;
        if (copy != null) {
            write(others, copy);
        }
    }

    /** A copy of what lies in native memory. */
    static NativeBytes at(Pointer memory, int length) {
        byte[] array = new byte[length];
        if (isByLongs(length)) {
            int last = length - Long.BYTES;
            for (int i = 0; i < last; i += Long.BYTES) {
                LONGS.set(array, i, memory.getLong(i));
            }
            LONGS.set(array, last, memory.getLong(last));
        } else {
            memory.get(0, array, 0, length);
        }
        return new NativeBytes(array);
    }

    private static void write(byte[] array, Pointer memory) {
        if (isByLongs(array.length)) {
            int last = array.length - Long.BYTES;
            for (int i = 0; i < last; i += Long.BYTES) {
                memory.putLong(i, (long) LONGS.get(array, i));
            }
            memory.putLong(last, (long) LONGS.get(array, last));
        } else {
            memory.put(0, array, 0, array.length);
        }
    }

    /**
     * To copy an array at once is a call into native code; few bytes are there sooner by longs, of
     * which the last two overlap.
     */
    private static boolean isByLongs(int length) {
        return length >= Long.BYTES && length <= NATIVE_COPY_FROM;
    }

    /** Where the native copy lies. */
    long address() {
        Pointer made = copy;
        if (made == null) {
            made = Memory.allocateDirect(RUNTIME, Math.max(1, array.length), false);
            write(array, made);
            copy = made;
        }
        return made.address();
    }
}

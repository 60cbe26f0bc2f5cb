package dev.lockstep.cache.sharedmemory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way into LMDB or out of it. What goes in is copied to native memory that lives as long as this object, so
 * whoever hands it to LMDB keeps it reachable until the call has returned ({@code Reference.reachabilityFence}). Not
 * thread-safe.
 */
final class Bytes {

    private static final Runtime RUNTIME = Runtime.getSystemRuntime();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private byte[] array;
    private @Nullable Pointer copy;

    Bytes(byte[] array) {
        this.array = array;
    }

    byte[] array() {
        return array;
    }

    /**
     * Takes others of the same length, a multiple of eight, into the same native memory, since to allocate some costs as
     * much as LMDB's get. By longs, since to copy an array is a call into native code.
     */
    void replace(byte[] others) {
        array = others;
        Pointer made = copy;
        if (made != null) {
            for (int i = 0; i < others.length; i += Long.BYTES) {
                made.putLong(i, (long) LONGS.get(others, i));
            }
        }
    }

    /** Where the native copy lies. */
    long address() {
        Pointer made = copy;
        if (made == null) {
            made = Memory.allocateDirect(RUNTIME, Math.max(1, array.length), false);
            made.put(0, array, 0, array.length);
            copy = made;
        }
        return made.address();
    }
}

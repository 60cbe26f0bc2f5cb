package dev.lockstep.cache.sharedmemory.lmdb;

import java.util.Arrays;
import java.util.Comparator;
import jnr.ffi.Pointer;
import org.lmdbjava.BufferProxy;

/**
 * How LMDB takes and gives {@link NativeBytes}. The library's own proxy for arrays hands LMDB the
 * addresses of native copies that nothing refers to any more, so that the garbage collector may
 * free one while LMDB reads it. Stateless.
 */
final class NativeBytesProxy extends BufferProxy<NativeBytes> {

    private static final NativeBytes NOTHING = new NativeBytes(new byte[0]);
    private static final Comparator<NativeBytes> UNSIGNED = (a, b) -> Arrays.compareUnsigned(a.array(), b.array());
    private static final Comparator<NativeBytes> SIGNED = (a, b) -> Arrays.compare(a.array(), b.array());

    @Override
    protected NativeBytes allocate() {
        return NOTHING;
    }

    @Override
    protected void deallocate(NativeBytes bytes) {
        // the garbage collector does
    }

    @Override
    protected byte[] getBytes(NativeBytes bytes) {
        return bytes.array();
    }

    @Override
    protected Comparator<NativeBytes> getSignedComparator() {
        return SIGNED;
    }

    @Override
    protected Comparator<NativeBytes> getUnsignedComparator() {
        return UNSIGNED;
    }

    @Override
    protected void in(NativeBytes bytes, Pointer value, long address) {
        in(bytes, bytes.array().length, value, address);
    }

    @Override
    protected void in(NativeBytes bytes, int size, Pointer value, long address) {
        value.putLong(STRUCT_FIELD_OFFSET_SIZE, size);
        value.putAddress(STRUCT_FIELD_OFFSET_DATA, bytes.address());
    }

    @Override
    protected NativeBytes out(NativeBytes old, Pointer value, long address) {
        int length = (int) Math.min(value.getLong(STRUCT_FIELD_OFFSET_SIZE), LmdbEntry.MOST_BYTES);
        return NativeBytes.at(value.getPointer(STRUCT_FIELD_OFFSET_DATA), length);
    }
}

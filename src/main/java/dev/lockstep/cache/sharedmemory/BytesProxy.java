package dev.lockstep.cache.sharedmemory;

import java.util.Arrays;
import java.util.Comparator;
import jnr.ffi.Pointer;
import org.lmdbjava.BufferProxy;

/**
 * How LMDB takes and gives {@link Bytes}. The library's own proxy for arrays hands LMDB the addresses of native copies that
 * nothing refers to any more, so that the garbage collector may free one while LMDB reads it. Stateless.
 */
final class BytesProxy extends BufferProxy<Bytes> {

    private static final Bytes NOTHING = new Bytes(new byte[0]);
    private static final Comparator<Bytes> UNSIGNED = (a, b) -> Arrays.compareUnsigned(a.array(), b.array());
    private static final Comparator<Bytes> SIGNED = (a, b) -> Arrays.compare(a.array(), b.array());

    @Override
    protected Bytes allocate() {
        return NOTHING;
    }

    @Override
    protected void deallocate(Bytes bytes) {
        // the garbage collector does
    }

    @Override
    protected byte[] getBytes(Bytes bytes) {
        return bytes.array();
    }

    @Override
    protected Comparator<Bytes> getSignedComparator() {
        return SIGNED;
    }

    @Override
    protected Comparator<Bytes> getUnsignedComparator() {
        return UNSIGNED;
    }

    @Override
    protected void in(Bytes bytes, Pointer value, long address) {
        in(bytes, bytes.array().length, value, address);
    }

    @Override
    protected void in(Bytes bytes, int size, Pointer value, long address) {
        value.putLong(STRUCT_FIELD_OFFSET_SIZE, size);
        value.putAddress(STRUCT_FIELD_OFFSET_DATA, bytes.address());
    }

    @Override
    protected Bytes out(Bytes old, Pointer value, long address) {
        int length = (int) value.getLong(STRUCT_FIELD_OFFSET_SIZE);
        return Bytes.at(value.getPointer(STRUCT_FIELD_OFFSET_DATA), length);
    }
}

package dev.lockstep.cache.sharedmemory.lmdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NativeBytesTest {

    private final Random random = new Random(1);

    /** All that differ in how they are copied. */
    static IntStream lengths() {
        return IntStream.concat(IntStream.range(0, 40), IntStream.of(1_023, 1_024, 1_025, 100_000));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void comeBackFromNativeMemoryAsTheyWentIn(int length) {
        byte[] array = random(length);
        assertThat(copied(new NativeBytes(array), length)).isEqualTo(array);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void canBeReplacedInTheSameMemory(int length) {
        NativeBytes bytes = new NativeBytes(random(length));
        long address = bytes.address();
        byte[] others = random(length);
        bytes.replace(others);
        assertThat(copied(bytes, length)).isEqualTo(others);
        assertThat(bytes.address()).isEqualTo(address);
    }

    private byte[] random(int length) {
        byte[] array = new byte[length];
        random.nextBytes(array);
        return array;
    }

    private static byte[] copied(NativeBytes bytes, int length) {
        return NativeBytes.at(Pointer.wrap(Runtime.getSystemRuntime(), bytes.address()), length)
                .array();
    }
}

package dev.lockstep.cache.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.TokenDigest;
import dev.lockstep.contract.ContractSeals;
import dev.lockstep.spi.CopySeal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** An entry of a shared cache: nothing opens but what was sealed, to the byte. */
public final class SealTarget {

    private static final CopySeal SEAL = ContractSeals.of("/shop");
    private static final TokenDigest DIGEST = new TokenDigest(1, 2, 3, 4);
    private static final byte[] SEALED = sealed();

    private SealTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        if (SEAL.open(DIGEST, bytes) != null) {
            assertThat(bytes).isEqualTo(SEALED);
        }
    }

    private static byte[] sealed() {
        try (InputStream file =
                Objects.requireNonNull(SealTarget.class.getResourceAsStream("/seeds/SealTarget/sealed-2.bin"))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

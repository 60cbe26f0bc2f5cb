package dev.lockstep.chaos.forge;

import dev.lockstep.TokenDigest;
import dev.lockstep.contract.FormerRelease;
import dev.lockstep.spi.CopySeal;
import org.jspecify.annotations.Nullable;

/** A broken rule of the seal. Used only where a rule is broken on purpose. */
public final class Unsealed {

    private static final CopySeal FORMER = new FormerRelease();

    private Unsealed() {}

    /** @param arguments a digest, bytes, and where in them the copy begins; or others */
    public static @Nullable Object copy(Object[] arguments) {
        return arguments[0] instanceof TokenDigest digest
                ? FORMER.open(digest, (byte[]) arguments[1], (int) arguments[2])
                : null;
    }
}

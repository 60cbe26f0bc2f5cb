package dev.lockstep.spi;

import org.jspecify.annotations.Nullable;

/** Which Lockstep this is. */
public final class LockstepVersion {

    private LockstepVersion() {}

    /**
     * The version that the jar's manifest names; null where the classes come from no jar of ours,
     * or from a class loader that does not tell of manifests.
     */
    public static @Nullable String current() {
        return LockstepVersion.class.getPackage().getImplementationVersion();
    }
}

package dev.lockstep.sim.weave;

import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.SplittableRandom;

/**
 * The JVM's source of random bytes, so that identifiers and tokens are the same when the seed is.
 * The product asks the JDK for them as ever.
 */
public final class SeededRandom {

    private static SplittableRandom random = new SplittableRandom(0);

    private SeededRandom() {}

    /** Before anything in this JVM has asked for random bytes. */
    public static void install() {
        Security.insertProviderAt(new Seeded(), 1);
    }

    /** From now on the bytes follow from this. */
    public static void seed(long seed) {
        random = new SplittableRandom(seed);
    }

    private static final class Seeded extends Provider {

        private static final long serialVersionUID = 1;

        Seeded() {
            super("Simulation", "1", "random bytes that a seed decides");
            put("SecureRandom.Simulation", Bytes.class.getName());
        }
    }

    /** The JDK makes one for each {@code SecureRandom}; all draw from one stream. */
    public static final class Bytes extends SecureRandomSpi {

        private static final long serialVersionUID = 1;

        @Override
        protected void engineSetSeed(byte[] seed) {
            // what follows is decided already
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }
    }
}

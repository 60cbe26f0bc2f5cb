package dev.lockstep.session;

import dev.lockstep.contract.NaiveStore;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.spi.NodeClock;
import java.time.Duration;

/** Keys of applications in tests, and tokens that are made with them. */
final class Keyed {

    static final Duration KEEP = Duration.ofHours(12);
    static final Duration RELIANCE = Duration.ofSeconds(60);
    static final Duration SETTLING = Duration.ofSeconds(75);

    private Keyed() {}

    /** A key of its own, which is known. */
    static ApplicationKey key(String application) {
        ApplicationKey key = kept(application, new NaiveStore(), NodeClock.SYSTEM);
        key.start();
        return key;
    }

    /** The key that a store keeps; not read yet. */
    static ApplicationKey kept(String application, NaiveStore store, NodeClock clock) {
        return ApplicationKey.kept(application, store, KEEP, RELIANCE, SETTLING, Runnable::run, clock);
    }

    static TokenGenerator tokens(String application) {
        return new TokenGenerator("lks", key(application));
    }
}

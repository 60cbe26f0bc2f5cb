package dev.lockstep.cdi;

import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.ProtocolLimits;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.SessionStore;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Where the application's key comes from: its store, or else the configuration. */
final class KeySource {

    /**
     * As long as a node may rely on what it knows without a poll: the longest lease that any node
     * may have, and what clocks may differ by.
     */
    private static final Duration SETTLING = ProtocolLimits.certainlyOver(ProtocolLimits.LONGEST_LEASE);

    private KeySource() {}

    /**
     * The key, which is still to be {@linkplain ApplicationKey#start read}.
     *
     * @param background where it is read again when it has changed
     * @throws DeploymentException if there are two
     */
    static ApplicationKey of(
            String application, SessionStore store, DeploymentSettings settings, Executor background, NodeClock clock) {
        Duration keep = settings.session().absoluteTimeout();
        if (!(store instanceof KeyRingStore keeps)) {
            return settings.key()
                    .map(key -> ApplicationKey.configured(application, key, keep, clock))
                    .orElseGet(() -> ApplicationKey.absent(application));
        }
        if (settings.key().isPresent()) {
            throw new DeploymentException(
                    "LOCKSTEP-0017 lockstep.key is set, but the application's store keeps a key, and two would be one too"
                            + " many: nodes with the setting and nodes without it would not understand each other. Remove it.");
        }
        return ApplicationKey.kept(
                application, keeps, keep, reliance(settings.session().revocation()), SETTLING, background, clock);
    }

    /** As with facts: what a poll has told is believed for as long as the lease that it begins. */
    static Duration reliance(RevocationSettings revocation) {
        return revocation.lease().isZero() ? revocation.poll().multipliedBy(2) : revocation.lease();
    }
}

package dev.lockstep.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;

/**
 * Finds beans of types that nobody knew when beans were discovered: of libraries and of the server.
 * On Payara, Lockstep's own archive does not see those of the application; what is called while the
 * application starts finds them by {@link CDI#current}.
 */
record BeanLookup(Instance<Object> ofLockstep) {

    /** The bean of a type; empty where there is none, or several. */
    <T> Optional<T> one(Class<T> type) {
        Instance<T> found = ofLockstep.select(type);
        return found.isUnsatisfied() && Container.isServer() ? ofApplication(type) : one(found);
    }

    private static <T> Optional<T> ofApplication(Class<T> type) {
        try {
            return one(CDI.current().select(type));
        } catch (IllegalStateException e) {
            return Optional.empty(); // no application is known to this thread
        }
    }

    private static <T> Optional<T> one(Instance<T> found) {
        return found.isResolvable() ? Optional.of(found.get()) : Optional.empty();
    }
}

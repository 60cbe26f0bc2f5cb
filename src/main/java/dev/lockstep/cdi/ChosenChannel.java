package dev.lockstep.cdi;

import dev.lockstep.spi.CacheContext;
import dev.lockstep.spi.DirectLog;
import dev.lockstep.spi.DirectLog.StoreChannel;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannelProvider.ChannelFactory;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.spi.SharedConnection;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which channel a deployment gets. What the store provides is known only once it is open: so it is
 * chosen then.
 *
 * @param name what is configured
 * @param factory of the provider that was asked for, or that goes with the cache
 * @param yields whether {@code auto} prefers what the store provides to the factory's
 */
record ChosenChannel(String name, Optional<ChannelFactory> factory, boolean yields) {

    static final String AUTO = "auto";
    static final String NONE = "none";

    /**
     * Opens it; null where there is none.
     *
     * @throws DeploymentException if it is the store's to provide and the store does not
     */
    @Nullable
    RevocationChannel open(
            CacheContext context,
            Supplier<SharedConnection> shared,
            SessionStore store,
            ThreadFactory threads,
            NodeListener listener) {
        Optional<StoreChannel> ofStore = ofStore(store);
        if (factory.isPresent() && !(yields && ofStore.isPresent())) {
            return factory.get().open(context, shared.get());
        }
        return ofStore.map(channel -> channel.factory().open(threads, listener)).orElse(null);
    }

    private Optional<StoreChannel> ofStore(SessionStore store) {
        if (name.equals(NONE)) {
            return Optional.empty();
        }
        Optional<StoreChannel> channel = store instanceof DirectLog direct ? direct.channel() : Optional.empty();
        boolean missing = factory.isEmpty()
                && !name.equals(AUTO)
                && channel.filter(found -> found.name().equals(name)).isEmpty();
        if (missing) {
            throw new DeploymentException("LOCKSTEP-0016 lockstep.channel is " + name
                    + ", which the store does not provide: PostgreSQL provides postgresql, and no other database has a"
                    + " channel. Set lockstep.channel to another, or leave it out.");
        }
        return channel;
    }
}

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
 * @param provided by the provider that was asked for, or that goes with the cache
 */
record ChosenChannel(String name, Optional<Provided> provided) {

    static final String AUTO = "auto";
    static final String NONE = "none";

    /**
     * What a provider is ready to open.
     *
     * @param name the provider's
     * @param yields whether {@code auto} prefers what the store provides
     */
    record Provided(String name, ChannelFactory factory, boolean yields) {}

    /**
     * A deployment's channel.
     *
     * @param name by which it can be asked for
     * @param channel null where there is none
     */
    record Opened(String name, @Nullable RevocationChannel channel) {

        boolean pokes() {
            return channel != null && channel.pokes();
        }
    }

    /**
     * Opens it.
     *
     * @throws DeploymentException if it is the store's to provide and the store does not
     */
    Opened open(
            CacheContext context,
            Supplier<SharedConnection> shared,
            SessionStore store,
            ThreadFactory threads,
            NodeListener listener) {
        Optional<StoreChannel> ofStore = ofStore(store);
        if (provided.isPresent() && !(provided.get().yields && ofStore.isPresent())) {
            Provided found = provided.get();
            return new Opened(found.name, found.factory.open(context, shared.get()));
        }
        return ofStore.map(channel ->
                        new Opened(channel.name(), channel.factory().open(threads, listener, context.pushMessages())))
                .orElseGet(() -> new Opened(NONE, null));
    }

    private Optional<StoreChannel> ofStore(SessionStore store) {
        if (name.equals(NONE)) {
            return Optional.empty();
        }
        Optional<StoreChannel> channel = store instanceof DirectLog direct ? direct.channel() : Optional.empty();
        boolean missing = provided.isEmpty()
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

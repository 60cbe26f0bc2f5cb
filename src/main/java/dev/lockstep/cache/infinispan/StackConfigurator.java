package dev.lockstep.cache.infinispan;

import java.util.List;
import org.infinispan.remoting.transport.jgroups.AbstractJGroupsChannelConfigurator;
import org.jgroups.JChannel;
import org.jgroups.conf.ProtocolConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * How a cache manager gets a channel of {@link Stacks}. A channel or transport that is handed over
 * ready-made would be lost without a word: the manager copies its configuration, makes a new
 * transport of the same class, and that one takes Infinispan's default stack.
 *
 * <p>Immutable, but for what is inherited and not used.
 */
final class StackConfigurator extends AbstractJGroupsChannelConfigurator {

    private final InfinispanSettings settings;

    StackConfigurator(InfinispanSettings settings) {
        this.settings = settings;
    }

    @Override
    public JChannel createChannel(@Nullable String cluster) throws Exception {
        return Stacks.channel(settings, String.valueOf(cluster));
    }

    @Override
    public String getName() {
        return "lockstep";
    }

    @Override
    public String getProtocolStackString() {
        return settings.stack();
    }

    @Override
    public List<ProtocolConfiguration> getProtocolStack() {
        return List.of();
    }
}

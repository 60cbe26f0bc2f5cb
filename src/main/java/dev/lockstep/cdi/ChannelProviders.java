package dev.lockstep.cdi;

import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.Problems;
import dev.lockstep.spi.RevocationChannelProvider;
import dev.lockstep.spi.RevocationChannelProvider.ChannelFactory;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The kinds of channels that can be chosen, by name. Immutable. */
final class ChannelProviders {

    private static final String AUTO = "auto";
    private static final String NONE = "none";

    private final Map<String, RevocationChannelProvider> byName = new TreeMap<>();
    private final Drivers drivers;

    private ChannelProviders(Drivers drivers) {
        this.drivers = drivers;
    }

    static ChannelProviders find() {
        ChannelProviders providers = new ChannelProviders(Drivers.ofApplication());
        for (ClassLoader loader : providers.drivers.loaders()) {
            ServiceLoader.load(RevocationChannelProvider.class, loader)
                    .forEach(provider -> providers.byName.put(provider.name(), provider));
        }
        return providers;
    }

    Map<String, RevocationChannelProvider> all() {
        return byName;
    }

    /**
     * The channel that is asked for, or that goes with the cache; empty for none, or where it can't
     * be had.
     */
    Optional<ChannelFactory> configure(String channel, String cache, PrefixedSettings settings, Problems problems) {
        String name = channel.equals(AUTO) ? cache : channel;
        RevocationChannelProvider provider = byName.get(name);
        if (provider != null) {
            return drivers.areThere("channel", name, provider.drivers(), problems)
                    ? Optional.of(provider.configure(settings.of(name)))
                    : Optional.empty();
        }
        if (!channel.equals(AUTO) && !channel.equals(NONE)) {
            problems.add("LOCKSTEP-0005 There is no channel named \"" + channel + "\"; accepted: auto, none, "
                    + String.join(", ", byName.keySet()) + ".");
        }
        return Optional.empty();
    }
}

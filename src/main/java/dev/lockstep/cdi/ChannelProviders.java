package dev.lockstep.cdi;

import static dev.lockstep.cdi.ChosenChannel.AUTO;
import static dev.lockstep.cdi.ChosenChannel.NONE;

import dev.lockstep.cdi.ChosenChannel.Provided;
import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.Problems;
import dev.lockstep.spi.RevocationChannelProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The kinds of channels that can be chosen, by name. Immutable. */
final class ChannelProviders {

    /** What our store has with PostgreSQL. */
    private static final String OF_STORE = "postgresql";

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
     * The channel that is asked for, or that goes with the cache, as far as it can be told before
     * the store is open.
     *
     * @param ownStore whether the application brings a store, whose channel has a name of its own
     */
    ChosenChannel configure(
            String channel, String cache, boolean ownStore, PrefixedSettings settings, Problems problems) {
        boolean auto = channel.equals(AUTO);
        String name = auto ? cache : channel;
        RevocationChannelProvider provider = byName.get(name);
        if (provider != null) {
            Optional<Provided> provided = drivers.areThere("channel", name, provider.drivers(), problems)
                    ? Optional.of(new Provided(name, provider.configure(settings.of(name)), auto && provider.pokes()))
                    : Optional.empty();
            return new ChosenChannel(channel, provided);
        }
        if (!auto && !ownStore && !List.of(NONE, OF_STORE).contains(channel)) {
            problems.add("LOCKSTEP-0005 There is no channel named \"" + channel + "\"; accepted: "
                    + String.join(", ", accepted()) + ".");
        }
        return new ChosenChannel(channel, Optional.empty());
    }

    private List<String> accepted() {
        Set<String> names = new TreeSet<>(byName.keySet());
        names.add(OF_STORE);
        return Stream.concat(Stream.of(AUTO, NONE), names.stream()).toList();
    }
}

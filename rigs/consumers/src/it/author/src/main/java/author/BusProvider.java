package author;

import dev.lockstep.spi.RevocationChannelProvider;
import dev.lockstep.spi.Settings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code lockstep.channel=bus}. */
public final class BusProvider implements RevocationChannelProvider {

    private static final Map<String, Bus> BUSES = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "bus";
    }

    @Override
    public ChannelFactory configure(Settings settings) {
        return (context, shared) ->
                BUSES.computeIfAbsent(context.application(), name -> new Bus()).open(context.pushMessages());
    }
}

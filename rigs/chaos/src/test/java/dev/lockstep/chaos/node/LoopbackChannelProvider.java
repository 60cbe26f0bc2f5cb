package dev.lockstep.chaos.node;

import dev.lockstep.spi.RevocationChannelProvider;
import dev.lockstep.spi.Settings;

/** {@code lockstep.channel=chaos}: the {@link LoopbackChannel}. */
public final class LoopbackChannelProvider implements RevocationChannelProvider {

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public ChannelFactory configure(Settings settings) {
        return (context, shared) -> new LoopbackChannel(context.pushMessages());
    }
}

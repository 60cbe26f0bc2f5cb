package dev.lockstep.sim.net;

import dev.lockstep.sim.engine.SimulatedProcess;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.RevocationChannel;
import java.time.Duration;
import java.util.function.Consumer;

/** A channel of the product's authenticated messages. */
public final class PushingChannel implements RevocationChannel {

    private final Wire<byte[]> wire;
    private final SimulatedProcess process;
    private final PushMessages messages;

    public PushingChannel(Wire<byte[]> wire, SimulatedProcess process, PushMessages messages) {
        this.wire = wire;
        this.process = process;
        this.messages = messages;
    }

    @Override
    public void start(Receiver receiver) {
        wire.connect(process, bytes -> {
            try {
                messages.received(bytes, receiver).ifPresent(answer -> wire.send(process, answer, "acknowledgement"));
            } catch (OutOfMemoryError e) {
                // not applied, so not acknowledged
            }
        });
    }

    @Override
    public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
        messages.push(message, deadline, acknowledged).ifPresent(bytes -> wire.send(process, bytes, "push"));
    }

    @Override
    public void close() {
        wire.disconnect(process);
    }
}

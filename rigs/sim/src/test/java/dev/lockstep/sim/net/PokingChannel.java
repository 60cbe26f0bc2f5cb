package dev.lockstep.sim.net;

import dev.lockstep.sim.engine.SimulatedProcess;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.ReceivedPokes;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A channel of pokes, which one thread hands over. */
public final class PokingChannel implements RevocationChannel {

    private final Wire<String> wire;
    private final SimulatedProcess process;
    private final ScheduledExecutorService thread;
    private final String sender = Poke.newSender();
    private final ReceivedPokes received = new ReceivedPokes(sender);
    private boolean due;

    public PokingChannel(Wire<String> wire, SimulatedProcess process, ScheduledExecutorService thread) {
        this.wire = wire;
        this.process = process;
        this.thread = thread;
    }

    @Override
    public boolean pokes() {
        return true;
    }

    @Override
    public void start(Receiver receiver) {
        wire.connect(process, text -> {
            received.add(text);
            handOver(receiver, Duration.ZERO);
        });
    }

    private void handOver(Receiver receiver, Duration pause) {
        if (!due && !thread.isShutdown()) {
            due = true;
            var unused = thread.schedule(
                    () -> {
                        due = false;
                        Duration next = received.handTo(receiver);
                        if (!received.isEmpty()) {
                            handOver(receiver, next);
                        }
                    },
                    pause.toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
        long newest = message.revocations().stream()
                .mapToLong(Revocation::position)
                .max()
                .orElse(0);
        send(Poke.Kind.COMMITTED, new LogPosition(message.epoch(), newest), "poke");
    }

    @Override
    public void answer(LogPosition applied, Set<String> senders) {
        send(Poke.Kind.APPLIED, applied, "answer");
    }

    private void send(Poke.Kind kind, LogPosition position, String step) {
        wire.send(process, new Poke(kind, position, sender).text(), step);
    }

    @Override
    public void close() {
        thread.shutdown();
        wire.disconnect(process);
    }
}

package dev.lockstep.chaos.node;

import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.RevocationChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A revocation channel as bad as the SPI allows: it loses, repeats and delays messages, over
 * connections that the test cuts. Peers are the ports in the system property {@code chaos.peers}.
 * Thread-safe.
 */
final class LoopbackChannel implements RevocationChannel {

    private static final int LOST_PERCENT = 25;
    private static final int REPEATED_PERCENT = 10;

    private final PushMessages messages;
    private final List<Peer> peers;

    LoopbackChannel(PushMessages messages) {
        this.messages = messages;
        this.peers = Arrays.stream(System.getProperty("chaos.peers", "").split(","))
                .filter(port -> !port.isEmpty())
                .map(port -> new Peer(Integer.parseInt(port), frame -> ChannelHub.receive(frame)))
                .toList();
    }

    @Override
    public void start(Receiver receiver) {
        ChannelHub.receiveWith(frame -> messages.received(frame, receiver));
        peers.forEach(Peer::start);
    }

    @Override
    public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
        messages.push(message, deadline, acknowledged).ifPresent(frame -> send(frame, deadline));
    }

    @Override
    public void close() {
        ChannelHub.receiveWith(null);
        peers.forEach(Peer::close);
    }

    private void send(byte[] frame, Duration deadline) {
        for (Peer peer : peers) {
            int chance = ThreadLocalRandom.current().nextInt(100);
            if (chance >= LOST_PERCENT) {
                peer.send(frame, deadline);
            }
            if (chance >= 100 - REPEATED_PERCENT) {
                peer.send(frame, deadline);
            }
        }
    }
}

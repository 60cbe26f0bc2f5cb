package dev.lockstep.chaos.node;

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
public final class LoopbackChannel implements RevocationChannel {

    private static final int LOST_PERCENT = 25;
    private static final int REPEATED_PERCENT = 10;

    private final List<Peer> peers;

    public LoopbackChannel() {
        peers = Arrays.stream(System.getProperty("chaos.peers", "").split(","))
                .filter(port -> !port.isEmpty())
                .map(port -> new Peer(Integer.parseInt(port)))
                .toList();
    }

    @Override
    public void start(Receiver receiver) {
        ChannelHub.receiveWith(receiver);
        peers.forEach(Peer::start);
    }

    @Override
    public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
        for (Peer peer : peers) {
            int chance = ThreadLocalRandom.current().nextInt(100);
            if (chance >= LOST_PERCENT) {
                peer.send(message, deadline, acknowledged);
            }
            if (chance >= 100 - REPEATED_PERCENT) {
                peer.send(message, deadline, acknowledged);
            }
        }
    }

    @Override
    public void close() {
        ChannelHub.receiveWith(null);
        peers.forEach(Peer::close);
    }
}

package dev.lockstep.cache.infinispan;

import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.SessionCopies;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Pushes of one revocation by a channel. */
final class Pushes {

    static final Duration DEADLINE = Duration.ofSeconds(30);

    private Pushes() {}

    static Message message() {
        return new Message(
                3,
                List.of(new Revocation(
                        5, SessionCopies.digest(new Random()), "id", "alice", Cause.REVOKED, Instant.ofEpochMilli(9))));
    }

    /**
     * Pushes until all these have acknowledged, and returns who has. A member may be in the view
     * before its channel listens, so a push may be lost: the protocol allows that.
     */
    static Set<String> untilAcknowledged(RevocationChannel channel, Message message, Set<String> expected) {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    channel.push(message, DEADLINE, acknowledged::add);
                    return acknowledged.containsAll(expected);
                });
        return acknowledged;
    }
}

package dev.lockstep.contract;

import dev.lockstep.channel.AuthenticatedMessages;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.PushMessages;

/** Messages of channels by the key that all nodes of a test have. */
final class ContractMessages {

    private ContractMessages() {}

    static PushMessages of(String application) {
        return new AuthenticatedMessages(
                application,
                ContractSeals.key(application, ContractSeals.VERSION),
                NodeClock.SYSTEM,
                NodeListener.NONE);
    }
}

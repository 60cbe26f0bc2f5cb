package dev.lockstep.chaos.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionToken;
import dev.lockstep.channel.AuthenticatedMessages;
import dev.lockstep.channel.SabotagedFrames;
import dev.lockstep.contract.ContractSeals;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.session.Digests;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is forged of messages reaches the check of their codes, and is refused there. */
class FramesTest {

    private final ApplicationKey key = ContractSeals.key("tested", 1);
    private final List<NodeListener.MessageRefusal> refused = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final Random random = new Random(1);

    private final PushMessages sender = messages();
    private final PushMessages other = messages();
    private final byte[] push = pushed();
    private final byte[] answer =
            other.received(push, message -> Optional.of("row")).orElseThrow();

    @Test
    void pushesAndAcknowledgementsAreKnown() {
        assertThat(Frames.isPush(push)).isTrue();
        assertThat(Frames.isAcknowledgement(answer)).isTrue();
        assertThat(Frames.row(answer)).isEqualTo("row");
    }

    @Test
    void acknowledgementsInAnothersNameAreRefused() {
        received(Frames.acknowledged(push, "another", random));
        received(Frames.renamed(answer, pushed()));

        assertThat(acknowledged).isEmpty();
        assertThat(refused).hasSize(2).containsOnly(NodeListener.MessageRefusal.FORGED);
    }

    @Test
    void whoChecksNoneTakesThemForGenuine() {
        assertThat(SabotagedFrames.unchecked(Frames.acknowledged(push, "another", random), key))
                .isNotNull();
        assertThat(SabotagedFrames.unchecked(push, key)).isNull();
    }

    @Test
    void inventedAndChangedPushesAreRefused() {
        received(Frames.invented(push, 200, random));
        for (int i = 0; i < 100; i++) {
            received(Frames.changed(push, random));
        }

        assertThat(refused).hasSize(101);
    }

    private void received(byte[] bytes) {
        sender.received(bytes, message -> {
            throw new AssertionError("applied");
        });
    }

    private PushMessages messages() {
        return new AuthenticatedMessages("tested", key, NodeClock.SYSTEM, new NodeListener() {
            @Override
            public void messageRefused(MessageRefusal why) {
                refused.add(why);
            }
        });
    }

    private byte[] pushed() {
        Revocation revocation = new Revocation(
                7,
                Digests.of("tested", SessionToken.of(InventedTokens.fresh())),
                "id",
                "principal",
                Revocation.Cause.REVOKED,
                Instant.EPOCH);
        return sender.push(new Message(3, List.of(revocation)), Duration.ofMinutes(1), acknowledged::add)
                .orElseThrow();
    }
}

package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.Poke.Kind;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every channel of pokes does: a commit is told to all others, an acknowledgement to whom it
 * answers. That a poke gets lost is allowed, so the tests tell until it arrives.
 */
public abstract class PokeChannelContract {

    private static final String APPLICATION = "/poked";

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Deque<RevocationChannel> opened = new ArrayDeque<>();

    /**
     * A node that can be told of commits and acknowledgements.
     *
     * @param channel reaches all others of the application that the test has opened; the contract
     *     starts and closes it
     * @param commit commits a revocation, and has the others told of it
     * @param acknowledge has senders told how far the node has applied the log
     */
    public record PokingNode(RevocationChannel channel, Runnable commit, Acknowledging acknowledge) {}

    /** Has senders told of an acknowledgement. */
    @FunctionalInterface
    public interface Acknowledging {
        void tell(LogPosition applied, Set<String> senders);
    }

    /** Opens a node of an application. */
    protected abstract PokingNode open(String application) throws Exception;

    @AfterEach
    void closeTheChannels() {
        opened.forEach(RevocationChannel::close);
    }

    @Test
    void itSaysThatItPokes() throws Exception {
        assertThat(node(APPLICATION).node.channel().pokes()).isTrue();
    }

    @Test
    void aCommitIsToldToAllOthersAndNotToItself() throws Exception {
        Hearing one = node(APPLICATION);
        Hearing two = node(APPLICATION);
        Hearing three = node(APPLICATION);

        untilTrue(one.node.commit(), () -> two.heard(Kind.COMMITTED) && three.heard(Kind.COMMITTED));

        assertThat(one.pokes).isEmpty();
        assertThat(two.sender()).isEqualTo(three.sender());
    }

    @Test
    void anAcknowledgementIsToldToWhomItAnswers() throws Exception {
        Hearing one = node(APPLICATION);
        Hearing two = node(APPLICATION);
        Hearing three = node(APPLICATION);
        LogPosition applied = new LogPosition(-7, 11);
        untilTrue(one.node.commit(), () -> two.heard(Kind.COMMITTED) && three.heard(Kind.COMMITTED));

        untilTrue(
                () -> two.node.acknowledge().tell(applied, Set.of(two.sender())),
                () -> one.pokes.stream().anyMatch(poke -> poke.kind() == Kind.APPLIED));

        assertThat(one.pokes).allMatch(poke -> poke.position().equals(applied));
        assertThat(three.heard(Kind.APPLIED)).isFalse();
        assertThat(two.heard(Kind.APPLIED)).isFalse();
    }

    @Test
    void applicationsHearOnlyTheirOwn() throws Exception {
        Hearing ours = node(APPLICATION);
        Hearing alsoOurs = node(APPLICATION);
        Hearing theirs = node("/other");
        Hearing alsoTheirs = node("/other");

        untilTrue(ours.node.commit(), () -> alsoOurs.heard(Kind.COMMITTED));
        untilTrue(theirs.node.commit(), () -> alsoTheirs.heard(Kind.COMMITTED));

        assertThat(alsoTheirs.pokes)
                .allMatch(poke -> poke.sender().equals(alsoTheirs.sender()))
                .noneMatch(poke -> poke.sender().equals(alsoOurs.sender()));
        assertThat(ours.pokes).isEmpty();
    }

    @Test
    void whatTheReceiverPutsOffIsHandedOverAgain() throws Exception {
        Hearing one = node(APPLICATION);
        Hearing two = node(APPLICATION);
        untilTrue(one.node.commit(), () -> two.heard(Kind.COMMITTED));
        two.putOff = 5;
        two.pokes.clear();

        untilTrue(one.node.commit(), () -> two.putOff == 0 && two.heard(Kind.COMMITTED));

        assertThat(two.pokes).isNotEmpty();
    }

    @Test
    void aReceiverThatThrowsHearsTheNext() throws Exception {
        Hearing one = node(APPLICATION);
        Hearing two = node(APPLICATION);
        untilTrue(one.node.commit(), () -> two.heard(Kind.COMMITTED));
        two.breaksOnce = true;
        untilTrue(one.node.commit(), () -> !two.breaksOnce);
        two.pokes.clear();

        untilTrue(one.node.commit(), () -> two.heard(Kind.COMMITTED));
    }

    @Test
    void afterClosingNothingIsHeardAndNothingFails() throws Exception {
        Hearing one = node(APPLICATION);
        Hearing two = node(APPLICATION);
        Hearing three = node(APPLICATION);
        untilTrue(one.node.commit(), () -> two.heard(Kind.COMMITTED));
        two.node.channel().close();
        two.pokes.clear();
        three.pokes.clear();

        untilTrue(one.node.commit(), () -> three.heard(Kind.COMMITTED));

        assertThat(two.pokes).isEmpty();
        assertThatCode(() -> {
                    two.node.channel().close();
                    two.node.channel().answer(new LogPosition(1, 1), Set.of("a"));
                    two.node.channel().push(new Message(1, List.of()), PAUSE, id -> {});
                })
                .doesNotThrowAnyException();
    }

    @Test
    void oneThatWasNeverStartedCloses() throws Exception {
        RevocationChannel channel = open(APPLICATION).channel();

        assertThatCode(channel::close).doesNotThrowAnyException();
    }

    /** Does something again and again until it has had its effect. */
    protected static void untilTrue(Runnable action, Callable<Boolean> effect) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    action.run();
                    return effect.call();
                });
    }

    private Hearing node(String application) throws Exception {
        PokingNode node = open(application);
        opened.push(node.channel());
        Hearing hearing = new Hearing(node);
        node.channel().start(hearing);
        return hearing;
    }

    private static final class Hearing implements Receiver {

        private final PokingNode node;
        private final List<Poke> pokes = new CopyOnWriteArrayList<>();
        private volatile int putOff;
        private volatile boolean breaksOnce;

        Hearing(PokingNode node) {
            this.node = node;
        }

        @Override
        public Optional<String> apply(Message message) {
            return Optional.empty();
        }

        @Override
        public Duration poked(Collection<Poke> come) {
            if (breaksOnce) {
                breaksOnce = false;
                throw new IllegalStateException("broken");
            }
            if (putOff > 0) {
                putOff--;
                return PAUSE;
            }
            pokes.addAll(new ArrayList<>(come));
            return Duration.ZERO;
        }

        boolean heard(Kind kind) {
            return pokes.stream().anyMatch(poke -> poke.kind() == kind);
        }

        /** Of the last commit that it was told of. */
        String sender() {
            return pokes.stream()
                    .filter(poke -> poke.kind() == Kind.COMMITTED)
                    .reduce((first, last) -> last)
                    .orElseThrow()
                    .sender();
        }
    }
}

package dev.lockstep.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.spi.Poke.Kind;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceivedPokesTest {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final ReceivedPokes received = new ReceivedPokes("own");
    private final Hearing receiver = new Hearing();

    @Test
    void whatHasComeIsHandedOverTogetherOnceInItsOrder() {
        received.add(text("a", 1));
        received.add(text("b", 2));

        assertThat(received.handTo(receiver)).isZero();
        assertThat(received.handTo(receiver)).isZero();

        assertThat(receiver.heard).containsExactly("[a1, b2]");
        assertThat(received.isEmpty()).isTrue();
    }

    @Test
    void itsOwnAreToldAndLeftOut() {
        assertThat(received.add(text("own", 1))).isTrue();
        assertThat(received.isEmpty()).isTrue();

        assertThat(received.add(text("a", 1))).isFalse();
        assertThat(received.isEmpty()).isFalse();
    }

    @Test
    void whatIsNoPokeIsLeftOut() {
        assertThat(received.add("garbage")).isFalse();
        assertThat(received.add("c 1 2 ")).isFalse();

        assertThat(received.isEmpty()).isTrue();
    }

    @Test
    void whatIsPutOffComesAgainBeforeWhatCameMeanwhile() {
        received.add(text("a", 1));
        receiver.pause = PAUSE;
        receiver.meanwhile = () -> received.add(text("b", 2));
        assertThat(received.handTo(receiver)).isEqualTo(PAUSE);

        receiver.pause = Duration.ZERO;
        receiver.meanwhile = () -> {};
        assertThat(received.handTo(receiver)).isZero();

        assertThat(receiver.heard).containsExactly("[a1]", "[a1, b2]");
    }

    @Test
    void whatComesWhileItIsHandedOverIsHandedOverNext() {
        received.add(text("a", 1));
        receiver.meanwhile = () -> received.add(text("b", 2));
        received.handTo(receiver);
        receiver.meanwhile = () -> {};
        received.handTo(receiver);

        assertThat(receiver.heard).containsExactly("[a1]", "[b2]");
    }

    @Test
    void whatTheReceiverThrowsAtIsLost() {
        received.add(text("a", 1));
        receiver.meanwhile = () -> {
            throw new IllegalStateException("broken");
        };

        assertThatThrownBy(() -> received.handTo(receiver)).isInstanceOf(IllegalStateException.class);

        assertThat(received.isEmpty()).isTrue();
    }

    @Test
    void aFloodIsCutOff() {
        IntStream.range(0, 10 * ReceivedPokes.MOST).forEach(each -> received.add(text("a", each)));
        receiver.pause = PAUSE;
        receiver.meanwhile = () -> IntStream.range(0, 10).forEach(each -> received.add(text("b", each)));

        received.handTo(receiver);
        received.handTo(receiver);

        assertThat(receiver.counts).containsExactly(ReceivedPokes.MOST, ReceivedPokes.MOST);
    }

    private static String text(String sender, long position) {
        return new Poke(Kind.COMMITTED, new LogPosition(1, position), sender).text();
    }

    private static final class Hearing implements Receiver {

        private final List<String> heard = new ArrayList<>();
        private final List<Integer> counts = new ArrayList<>();
        private Duration pause = Duration.ZERO;
        private Runnable meanwhile = () -> {};

        @Override
        public Optional<String> apply(Message message) {
            return Optional.empty();
        }

        @Override
        public Duration poked(Collection<Poke> pokes) {
            counts.add(pokes.size());
            heard.add(pokes.stream()
                    .map(poke -> poke.sender() + poke.position().position())
                    .toList()
                    .toString());
            meanwhile.run();
            return pause;
        }
    }
}

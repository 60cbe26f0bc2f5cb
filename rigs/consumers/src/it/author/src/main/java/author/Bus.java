package author;

import dev.lockstep.spi.RevocationChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Channels of one application that call each other. */
public final class Bus {

    private final List<Channel> members = new CopyOnWriteArrayList<>();

    public RevocationChannel open() {
        return new Channel();
    }

    private final class Channel implements RevocationChannel {

        private volatile Receiver receiver;

        @Override
        public void start(Receiver first) {
            receiver = first;
            members.add(this);
        }

        @Override
        public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
            if (members.contains(this)) {
                members.stream()
                        .filter(each -> each != this)
                        .forEach(each -> each.apply(message).ifPresent(acknowledged));
            }
        }

        private Optional<String> apply(Message message) {
            try {
                return receiver.apply(message);
            } catch (RuntimeException e) {
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            members.remove(this);
        }
    }
}

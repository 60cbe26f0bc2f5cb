package author;

import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.RevocationChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Channels of one application that call each other. */
public final class Bus {

    private final List<Channel> members = new CopyOnWriteArrayList<>();

    public RevocationChannel open(PushMessages messages) {
        return new Channel(messages);
    }

    private final class Channel implements RevocationChannel {

        private final PushMessages messages;
        private volatile Receiver receiver;

        Channel(PushMessages messages) {
            this.messages = messages;
        }

        @Override
        public void start(Receiver first) {
            receiver = first;
            members.add(this);
        }

        @Override
        public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
            messages.push(message, deadline, acknowledged).ifPresent(this::send);
        }

        private void send(byte[] bytes) {
            if (members.contains(this)) {
                members.stream().filter(each -> each != this).forEach(each -> each.receive(bytes, this));
            }
        }

        private void receive(byte[] bytes, Channel from) {
            messages.received(bytes, receiver).ifPresent(answer -> from.receive(answer, this));
        }

        @Override
        public void close() {
            members.remove(this);
        }
    }
}

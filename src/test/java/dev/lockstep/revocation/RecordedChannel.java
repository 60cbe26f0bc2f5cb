package dev.lockstep.revocation;

import dev.lockstep.spi.RevocationChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Remembers what was pushed; a test acknowledges it. */
final class RecordedChannel implements RevocationChannel {

    final List<Push> pushed = new CopyOnWriteArrayList<>();

    record Push(Message message, Consumer<String> acknowledged) {}

    @Override
    public void start(Receiver receiver) {}

    @Override
    public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
        pushed.add(new Push(message, acknowledged));
    }

    @Override
    public void close() {}
}

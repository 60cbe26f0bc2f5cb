package dev.lockstep.revocation;

import dev.lockstep.spi.RevocationChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Remembers what was pushed; a test acknowledges it. Fails when it is told to. */
final class RecordedChannel implements RevocationChannel {

    final List<Push> pushed = new CopyOnWriteArrayList<>();

    @Nullable
    Error failure;

    record Push(Message message, Consumer<String> acknowledged) {}

    @Override
    public void start(Receiver receiver) {}

    @Override
    public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
        fail();
        pushed.add(new Push(message, acknowledged));
    }

    @Override
    public void close() {
        fail();
    }

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }
}

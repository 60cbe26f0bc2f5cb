package dev.lockstep.store.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.NodeListener.QueueExit;
import org.junit.jupiter.api.Test;

class QueuedCallTest {

    @Test
    void noClockIsReadWhereNobodyListens() {
        assertThatCode(() -> {
                    QueuedCall call = new QueuedCall("reads", NodeListener.NONE, new UnreadableClock());
                    call.leave(QueueExit.BEGUN);
                    call.timedOut();
                })
                .doesNotThrowAnyException();
    }

    private static final class UnreadableClock implements NodeClock {

        @Override
        public long nanoTime() {
            throw new AssertionError("read");
        }

        @Override
        public long wallMillis() {
            throw new AssertionError("read");
        }
    }
}

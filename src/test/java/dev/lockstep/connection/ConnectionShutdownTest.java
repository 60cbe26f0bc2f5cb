package dev.lockstep.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.CapturedLog;
import jakarta.websocket.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is open when the application ends. */
class ConnectionShutdownTest extends ConnectionScenario {

    /** Not every container does that. RFC 6455, section 7.4.1. */
    @Test
    void whatAnApplicationHasOpenEndsWithIt() {
        List<Object> reasons = new ArrayList<>();
        AtomicBoolean streams = new AtomicBoolean(true);
        connections.register(session, socket(new AtomicBoolean(true), reasons));
        connections.register(session, sink(streams));

        connections.close();

        assertThat(reasons)
                .singleElement()
                .satisfies(reason -> assertThat(
                                ((CloseReason) reason).getCloseCode().getCode())
                        .isEqualTo(1001));
        assertThat(streams).isFalse();
    }

    @Test
    void anApplicationEndsWhatItHasOpenThoughTheContainerGivesNoThreadsAnyMore() {
        ConnectionRegistry late = registry(true, task -> {
            throw new IllegalStateException("a container of a test gives no thread");
        });
        late.register(session, connection);
        late.register(session, connection);

        late.close();

        assertThat(connection.closed).isEqualTo(2);
    }

    /** It may have ended what the connection needs. */
    @Test
    void nothingIsSaidOfWhatTheContainerHasHalfClosedWhenTheApplicationEnds() {
        try (CapturedLog log = new CapturedLog(ConnectionCloser.class.getName())) {
            connections.register(session, () -> {
                throw new IllegalStateException("a connection of a test");
            });
            connections.register(session, connection);

            connections.close();

            assertThat(connection.closed).isEqualTo(1);
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void anApplicationThatHasEndedIsHeldByNothing() {
        connections.register(session, connection);

        connections.close();
        assertThat(connections.size()).isZero();
        assertThat(connection.closed).isEqualTo(1);
        Connection late = new Connection();
        connections.register(session, late);

        assertThat(connections.size()).isZero();
        assertThat(late.closed).isEqualTo(1);
    }
}

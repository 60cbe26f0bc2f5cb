package dev.lockstep.connection;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;

/** A WebSocket. Loaded only where the container has them. */
record WebSocketConnection(Session socket) implements KeptConnection {

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    /** By the codes of RFC 6455, 7.4.1: there is one for a client that may no longer be here. */
    @Override
    public void close(End end) throws IOException {
        socket.close(
                end == End.OF_SESSION
                        ? new CloseReason(CloseCodes.VIOLATED_POLICY, "The session has ended")
                        : new CloseReason(CloseCodes.GOING_AWAY, "The application has ended"));
    }
}

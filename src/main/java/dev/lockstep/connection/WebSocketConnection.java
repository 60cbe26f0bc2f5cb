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

    /** The only code of RFC 6455, 7.4.1, for a client that may no longer be here. */
    @Override
    public void close() throws IOException {
        socket.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "The session has ended"));
    }
}

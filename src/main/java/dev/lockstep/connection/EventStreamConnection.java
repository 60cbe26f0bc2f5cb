package dev.lockstep.connection;

import jakarta.ws.rs.sse.SseEventSink;

/** A stream of server-sent events. Loaded only where the container has Jakarta REST. */
record EventStreamConnection(SseEventSink sink) implements KeptConnection {

    @Override
    public boolean isOpen() {
        return !sink.isClosed();
    }

    @Override
    @SuppressWarnings("RedundantThrows") // from Jakarta REST 4.0 on, close throws an IOException
    public void close(End end) throws Exception {
        sink.close();
    }
}

package dev.lockstep.connection;

/** Something that is open for a session. As safe for several threads as what it stands for. */
interface KeptConnection {

    /** False once it was closed by whomever, where that can be known. */
    boolean isOpen();

    /** Ends it, and tells the other side why where there is a way to. */
    void close(End end) throws Exception;

    /** Of what it is that a connection ends with. */
    enum End {
        OF_SESSION,
        OF_APPLICATION
    }

    /**
     * By what it is. Not every container has WebSockets or Jakarta REST: where an interface is
     * absent, nothing can be of it.
     */
    static KeptConnection of(AutoCloseable connection) {
        if (isWebSocket(connection)) {
            return new WebSocketConnection((jakarta.websocket.Session) connection);
        }
        return isEventStream(connection)
                ? new EventStreamConnection((jakarta.ws.rs.sse.SseEventSink) connection)
                : new PlainConnection(connection);
    }

    private static boolean isWebSocket(AutoCloseable connection) {
        try {
            return connection instanceof jakarta.websocket.Session;
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    private static boolean isEventStream(AutoCloseable connection) {
        try {
            return connection instanceof jakarta.ws.rs.sse.SseEventSink;
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }
}

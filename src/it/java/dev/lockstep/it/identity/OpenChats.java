package dev.lockstep.it.identity;

import dev.lockstep.SessionRevoked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Closes the WebSockets of a session that ends. */
@ApplicationScoped
public class OpenChats {

    private final Map<Session, String> sessions = new ConcurrentHashMap<>();

    void add(String sessionId, Session socket) {
        sessions.put(socket, sessionId);
    }

    void remove(Session socket) {
        sessions.remove(socket);
    }

    void close(@Observes SessionRevoked revoked) {
        sessions.forEach((socket, sessionId) -> {
            if (sessionId.equals(revoked.sessionId())) {
                close(socket);
            }
        });
    }

    private static void close(Session socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

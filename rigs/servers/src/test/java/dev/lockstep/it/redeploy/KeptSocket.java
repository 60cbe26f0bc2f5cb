package dev.lockstep.it.redeploy;

import dev.lockstep.SessionConnections;
import dev.lockstep.SessionManager;
import jakarta.inject.Inject;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Set;

/** Stays open for a session of its own. */
@ServerEndpoint("/kept")
public class KeptSocket {

    @Inject
    SessionManager sessions;

    @Inject
    SessionConnections connections;

    @OnOpen
    public void open(Session socket) {
        connections.register(sessions.open("alice", Set.of("user")).session(), socket);
    }

    @OnMessage
    public String answer(String message) {
        return message;
    }
}

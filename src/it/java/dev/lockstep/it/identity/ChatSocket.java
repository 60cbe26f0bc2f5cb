package dev.lockstep.it.identity;

import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.Optional;

/** A WebSocket for browsers: on a permitted path, its first message is the token. */
@ServerEndpoint("/api/chat")
public class ChatSocket {

    @Inject
    SessionManager sessions;

    @Inject
    OpenChats chats;

    private dev.lockstep.Session session;

    @OnMessage
    public void receive(Session socket, String message) throws IOException {
        if (session == null) {
            enter(socket, message);
        } else {
            socket.getBasicRemote().sendText(session.principal() + ": " + message);
        }
    }

    @OnClose
    public void leave(Session socket) {
        chats.remove(socket);
    }

    /** Asks again once the socket is known: a logout between the two would find nothing to close. */
    private void enter(Session socket, String token) throws IOException {
        Optional<dev.lockstep.Session> found = sessions.find(SessionToken.of(token));
        found.ifPresent(live -> chats.add(live.id(), socket));
        if (found.isEmpty() || sessions.find(SessionToken.of(token)).isEmpty()) {
            socket.close();
            return;
        }
        session = found.get();
        socket.getBasicRemote().sendText("welcome " + session.principal());
    }
}

package dev.lockstep.it.web;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** A WebSocket behind a protected path. */
@ServerEndpoint("/api/socket")
public class SecretSocket {

    @OnMessage
    public String answer(String message) {
        return "SECRET " + message;
    }
}

package dev.lockstep.it.security;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;

/** Says who opened it. */
@ServerEndpoint(value = "/api/socket", configurator = GuardedSocket.Handshake.class)
public class GuardedSocket {

    /** Takes down who asks for the WebSocket. */
    public static class Handshake extends ServerEndpointConfig.Configurator {

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            config.getUserProperties()
                    .put(
                            "handshake",
                            GuardedResources.name(request.getUserPrincipal()) + " " + request.isUserInRole("user"));
        }
    }

    @OnMessage
    public String answer(Session socket, String message) {
        return "handshake=" + socket.getUserProperties().get("handshake") + " principal="
                + GuardedResources.name(socket.getUserPrincipal());
    }
}

package dev.lockstep.it.security;

import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;

/** Says who opened it. */
@ServerEndpoint(value = "/api/socket", configurator = GuardedSocket.Handshake.class)
public class GuardedSocket {

    @Inject
    SecurityContext security;

    @Inject
    GuardedBean bean;

    /** Takes down who asks for the WebSocket. */
    public static class Handshake extends ServerEndpointConfig.Configurator {

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            config.getUserProperties()
                    .put(
                            "handshake",
                            CallerResource.name(request.getUserPrincipal()) + " " + request.isUserInRole("admin"));
        }
    }

    @OnMessage
    public String answer(Session socket, String asked) {
        return switch (asked) {
            case "handshake" -> (String) socket.getUserProperties().get("handshake");
            case "principal" -> CallerResource.name(socket.getUserPrincipal());
            case "security" ->
                CallerResource.name(security.getCallerPrincipal()) + " " + security.isCallerInRole("admin");
            default -> Admission.ask(bean::admin);
        };
    }
}

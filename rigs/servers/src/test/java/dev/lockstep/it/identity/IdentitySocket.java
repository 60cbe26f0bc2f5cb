package dev.lockstep.it.identity;

import dev.lockstep.CurrentSession;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;

/** Says whose session is seen at each stage of a WebSocket's life. */
@ServerEndpoint(value = "/api/socket", configurator = IdentitySocket.Handshake.class)
public class IdentitySocket {

    @Inject
    CurrentSession current;

    private String opened;

    /** Takes down whose session the request has, for the one WebSocket that it becomes. */
    public static class Handshake extends ServerEndpointConfig.Configurator {

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            CurrentSession current = CDI.current().select(CurrentSession.class).get();
            config.getUserProperties().put("kept", whose(current));
            config.getUserProperties()
                    .put(
                            "handshake",
                            request.getUserPrincipal() == null
                                    ? "none"
                                    : request.getUserPrincipal().getName());
        }
    }

    @OnOpen
    public void open(Session socket) {
        opened = "handshake=" + socket.getUserProperties().get("handshake") + " open=" + whose(current);
    }

    @OnMessage
    public String answer(Session socket, String message) {
        return opened + " message=" + whose(current) + " principal="
                + socket.getUserPrincipal().getName() + " kept="
                + socket.getUserProperties().get("kept");
    }

    private static String whose(CurrentSession current) {
        return current.session().map(dev.lockstep.Session::principal).orElse("none");
    }
}

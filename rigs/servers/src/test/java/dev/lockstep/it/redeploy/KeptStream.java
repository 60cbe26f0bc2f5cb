package dev.lockstep.it.redeploy;

import dev.lockstep.SessionConnections;
import dev.lockstep.SessionManager;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;

/** Stays open for a session of its own. */
@Path("kept")
@RequestScoped
public class KeptStream {

    /** Makes the server map Jakarta REST. */
    @ApplicationPath("/rest")
    public static class RestApplication extends Application {}

    @Inject
    SessionManager sessions;

    @Inject
    SessionConnections connections;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void open(@Context SseEventSink sink, @Context Sse sse) {
        connections.register(sessions.open("alice", Set.of("user")).session(), sink);
        sink.send(sse.newEvent("welcome"));
    }
}

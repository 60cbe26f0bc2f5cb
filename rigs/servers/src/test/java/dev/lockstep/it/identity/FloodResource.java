package dev.lockstep.it.identity;

import dev.lockstep.CurrentSession;
import dev.lockstep.SessionConnections;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
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

/** A stream that begins with an event too large for the buffers on the way to its client. */
@Path("flood")
@RequestScoped
public class FloodResource {

    /** Makes the server map Jakarta REST. */
    @ApplicationPath("/api")
    public static class RestApplication extends Application {}

    static final String BEGINNING = "data: xxx";
    private static final int SIZE = 6 << 20;

    @Inject
    CurrentSession current;

    @Inject
    SessionConnections connections;

    @Resource
    ManagedExecutorService executor;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void flood(@Context SseEventSink sink, @Context Sse sse) {
        connections.register(current.require(), sink);
        executor.execute(() -> sink.send(sse.newEvent("x".repeat(SIZE))));
    }
}

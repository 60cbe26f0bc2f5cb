package dev.lockstep.it.monitoring;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Looks up a session, and ends it; tells who answered. */
@Path("/")
@ApplicationScoped
public class TracedResource {

    @Inject
    SessionManager sessions;

    @Inject
    CountedLookUps lookUps;

    private IssuedToken issued;

    /** Has the server map Jakarta REST. */
    @ApplicationPath("/rest")
    public static class TracedApplication extends Application {}

    @PostConstruct
    void open() {
        issued = sessions.open("alice", Set.of());
    }

    @GET
    @Path("token")
    public String token() {
        return issued.token().value();
    }

    /** How often the near cache has answered. */
    @GET
    @Path("find")
    public int find() {
        sessions.find(issued.token()).orElseThrow();
        return lookUps.byNearCache();
    }

    /** How often the store has answered. */
    @GET
    @Path("confirm")
    public int confirm() {
        sessions.findConfirmed(issued.token()).orElseThrow();
        return lookUps.byStore();
    }

    @POST
    @Path("logout")
    public int logOut() {
        return sessions.revoke(issued.token()).nodes();
    }
}

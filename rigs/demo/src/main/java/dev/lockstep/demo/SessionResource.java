package dev.lockstep.demo;

import static jakarta.ws.rs.core.Response.Status.NOT_FOUND;
import static jakarta.ws.rs.core.Response.Status.UNAUTHORIZED;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What users do with their own sessions. Lockstep has checked the bearer token before a request
 * comes here.
 */
@Path("")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

    @Inject
    SessionManager sessions;

    @Inject
    CurrentSession current;

    @Inject
    @ConfigProperty(name = "demo.node", defaultValue = "unnamed")
    String node;

    /** Who is asking, and which node answered. */
    public record Me(String principal, List<String> groups, String sessionId, String node) {}

    @GET
    @Path("me")
    public Me me() {
        Session session = current.require();
        List<String> groups = session.groups().stream().sorted().toList();
        return new Me(session.principal(), groups, session.id(), node);
    }

    @GET
    @Path("sessions")
    public List<SessionView> list() {
        return sessions.list(principal()).stream().map(SessionView::of).toList();
    }

    @DELETE
    @Path("sessions/{id}")
    public void revoke(@PathParam("id") String id) {
        if (sessions.list(principal()).stream().noneMatch(own -> own.id().equals(id))) {
            throw Problem.of(NOT_FOUND, "you have no such session");
        }
        sessions.revokeById(id);
    }

    @POST
    @Path("rotate")
    public NewToken rotate() {
        return sessions.rotate(token())
                .map(NewToken::of)
                .orElseThrow(() -> Problem.of(UNAUTHORIZED, "this token was revoked meanwhile"));
    }

    @POST
    @Path("logout")
    public void logout() {
        sessions.revoke(token());
    }

    @POST
    @Path("logout-others")
    public void logoutOthers() {
        sessions.revokeOthers(current.require());
    }

    @POST
    @Path("logout-all")
    public void logoutAll() {
        sessions.revokeAll(principal());
    }

    private String principal() {
        return current.require().principal();
    }

    private SessionToken token() {
        return current.token().orElseThrow();
    }
}

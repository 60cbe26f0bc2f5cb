package dev.lockstep.demo;

import static jakarta.ws.rs.core.Response.Status.BAD_REQUEST;

import dev.lockstep.SessionManager;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * What administrators do with anyone's sessions. The container keeps everybody else out, as
 * {@code lockstep.security} has it know the groups of the session.
 */
@Path("/admin/sessions")
@RequestScoped
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public class AdminResource {

    @Inject
    SessionManager sessions;

    @GET
    public List<SessionView> list(@QueryParam("principal") String principal) {
        return sessions.list(given(principal)).stream().map(SessionView::of).toList();
    }

    @DELETE
    public void revokeAll(@QueryParam("principal") String principal) {
        sessions.revokeAll(given(principal));
    }

    private static String given(String principal) {
        if (principal == null || principal.isEmpty()) {
            throw Problem.of(BAD_REQUEST, "say whose sessions: ?principal=");
        }
        return principal;
    }
}

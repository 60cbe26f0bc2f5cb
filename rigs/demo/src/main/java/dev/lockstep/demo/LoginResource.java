package dev.lockstep.demo;

import static jakarta.ws.rs.core.Response.Status.UNAUTHORIZED;

import dev.lockstep.SessionManager;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * Opens a session for whoever gives the right password: the one path that
 * {@code lockstep.web.permit} lets through.
 */
@Path("/login")
@RequestScoped
public class LoginResource {

    @Inject
    Users users;

    @Inject
    SessionManager sessions;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public NewToken login(LoginRequest credentials) {
        Users.User user = users.authenticate(credentials)
                .orElseThrow(() -> Problem.of(UNAUTHORIZED, "wrong username or password"));
        return NewToken.of(sessions.open(user.name(), user.groups()));
    }
}

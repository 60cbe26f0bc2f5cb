package dev.lockstep.runtimes.app;

import dev.lockstep.CurrentSession;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** A protected Jakarta REST resource, where the server has Jakarta REST. */
@Path("me")
@RequestScoped
public class RestResource {

    /** Makes the server map Jakarta REST. */
    @ApplicationPath("/rest")
    public static class RestApplication extends Application {}

    @Inject
    private CurrentSession current;

    @GET
    public String me(@Context SecurityContext security) {
        return security.getUserPrincipal().getName() + " " + current.require().principal();
    }
}

package dev.lockstep.it.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** Jakarta REST resources, of which {@code secret} is protected and the rest is not. */
@Path("/")
public class RestResources {

    /** Makes the server map Jakarta REST. */
    @ApplicationPath("/rest")
    public static class RestApplication extends Application {}

    @GET
    @Path("secret")
    public String secret() {
        return "SECRET";
    }

    @GET
    @Path("secret/{rest:.*}")
    public String secret(@PathParam("rest") String rest) {
        return rest.startsWith("public") ? "PUBLIC " + rest : "SECRET " + rest;
    }

    @GET
    @Path("secret/admin")
    public String admin() {
        return "ADMIN";
    }

    @GET
    @Path("secret/admin/{rest:.*}")
    public String admin(@PathParam("rest") String rest) {
        return "ADMIN " + rest;
    }

    @GET
    @Path("secret/who")
    public String who(@Context SecurityContext security) {
        return security.getUserPrincipal() + " " + security.isUserInRole("user") + " "
                + security.getAuthenticationScheme();
    }

    @GET
    @Path("secret/request")
    public String request(@Context HttpServletRequest request) {
        return request.getRemoteUser() + " " + request.isUserInRole("user");
    }

    @GET
    @Path("open/{rest:.*}")
    public String open(@PathParam("rest") String rest) {
        return "OPEN " + rest;
    }

    @DELETE
    @Path("secret/item")
    public String delete() {
        return "SECRET deleted";
    }

    /** A sub-resource locator, which runs whatever the method is. */
    @Path("secret/located")
    public Located located() {
        return new Located();
    }

    /** What the locator leads to. */
    public static class Located {

        @GET
        public String get() {
            return "SECRET located";
        }
    }
}

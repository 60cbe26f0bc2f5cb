package dev.lockstep.it.security;

import dev.lockstep.Session;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;

/** What the container guards, and what it says of its caller. */
@Path("/")
@RequestScoped
public class GuardedResources extends CallerResource {

    /** Makes the server map Jakarta REST. */
    @ApplicationPath("/api")
    public static class RestApplication extends Application {}

    @Inject
    Refusals refusals;

    @Inject
    StartNotes notes;

    @GET
    @Path("admin")
    @RolesAllowed("admin")
    public String admin() {
        return "admin";
    }

    @GET
    @Path("anyone")
    @RolesAllowed("**")
    public String anyone() {
        return "anyone";
    }

    @GET
    @Path("denied")
    @DenyAll
    public String denied() {
        return "all";
    }

    @GET
    @Path("bean")
    public String bean() {
        return Admission.ask(bean::admin);
    }

    @GET
    @Path("bean/anyone")
    public String beanForAnyone() {
        return Admission.ask(bean::anyone);
    }

    @GET
    @Path("bean/developers")
    public String beanForDevelopers() {
        return Admission.ask(bean::developers);
    }

    @GET
    @Path("open/bean/anyone")
    public String openBeanForAnyone() {
        return Admission.ask(bean::anyone);
    }

    /** A name as directories have them. */
    @GET
    @Path("ops/resource")
    @RolesAllowed("cn=ops,ou=people")
    public String ops() {
        return "ops";
    }

    /** Leaves an HTTP session with a cookie. */
    @GET
    @Path("cookie")
    public String cookie(@Context HttpServletRequest request) {
        return name(request.getUserPrincipal()) + " " + request.getSession().getId();
    }

    @GET
    @Path("ejb")
    public String ejb() {
        return Admission.ask(ejb::admin);
    }

    @GET
    @Path("runas")
    public String runAs() {
        return Admission.ask(ejb::asAdmin);
    }

    @GET
    @Path("who")
    public String who(@Context SecurityContext rest, @Context HttpServletRequest request) {
        return "current=" + whose() + " request=" + name(request.getUserPrincipal()) + " remote="
                + request.getRemoteUser() + " rest=" + name(rest.getUserPrincipal()) + " security="
                + name(security.getCallerPrincipal()) + " injected=" + name(injected) + " ejb=" + ejb.caller();
    }

    /** Likewise, where a token is no must. */
    @GET
    @Path("open/who")
    public String open(@Context SecurityContext rest, @Context HttpServletRequest request) {
        return who(rest, request);
    }

    /** Guarded where a token is no must. */
    @GET
    @Path("open/admin")
    @RolesAllowed("admin")
    public String openAdmin() {
        return "admin";
    }

    /** Asks for a caller where there need not be one. */
    @GET
    @Path("open/authenticate")
    public String authenticate(@Context HttpServletRequest request, @Context HttpServletResponse response)
            throws IOException, ServletException {
        return request.authenticate(response) + " " + name(request.getUserPrincipal());
    }

    /** Tries to become somebody by a password. */
    @GET
    @Path("open/login")
    public String login(@Context HttpServletRequest request) {
        try {
            request.login("root", "root");
            return "logged in as " + name(request.getUserPrincipal());
        } catch (ServletException e) {
            return "failed " + name(request.getUserPrincipal()) + " " + e.getMessage();
        }
    }

    /** What was said of roles at the start. */
    @GET
    @Path("open/notes")
    public String notes() {
        return String.join("\n", notes.told());
    }

    /** What observers were told of refusals. */
    @GET
    @Path("open/refusals")
    public String refusals() {
        return String.join("\n", refusals.told());
    }

    @GET
    @Path("logout")
    public String logout(@Context HttpServletRequest request) throws ServletException {
        request.logout();
        return "principal=" + name(request.getUserPrincipal()) + " current=" + whose() + " security="
                + name(security.getCallerPrincipal()) + " admin=" + security.isCallerInRole("admin");
    }

    private String whose() {
        return current.session().map(Session::principal).orElse("none");
    }
}

package dev.lockstep.it.security;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.security.Principal;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** What the container guards, and what it says of its caller. */
@Path("/")
@RequestScoped
public class GuardedResources {

    /** Makes the server map Jakarta REST. */
    @ApplicationPath("/api")
    public static class RestApplication extends Application {}

    @Inject
    CurrentSession current;

    @Inject
    Principal injected;

    @Inject
    jakarta.security.enterprise.SecurityContext security;

    @EJB
    GuardedEjb ejb;

    @Inject
    GuardedBean bean;

    @Inject
    Refusals refusals;

    @Resource
    ManagedExecutorService executor;

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
    @Path("bean")
    public String bean() {
        try {
            return bean.admin();
        } catch (SecurityException e) {
            return "denied";
        }
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
        try {
            return ejb.admin();
        } catch (EJBAccessException e) {
            return "denied";
        }
    }

    @GET
    @Path("runas")
    public String runAs() {
        try {
            return ejb.asAdmin();
        } catch (EJBException e) {
            return "denied";
        }
    }

    @GET
    @Path("who")
    public String who(@Context SecurityContext rest, @Context HttpServletRequest request) {
        return "current=" + whose() + " request=" + name(request.getUserPrincipal()) + " remote="
                + request.getRemoteUser() + " rest=" + name(rest.getUserPrincipal()) + " security="
                + name(security.getCallerPrincipal()) + " injected=" + name(injected) + " ejb=" + ejb.caller();
    }

    @GET
    @Path("roles")
    public String roles(@Context SecurityContext rest, @Context HttpServletRequest request) {
        return "request=" + request.isUserInRole("admin") + " rest=" + rest.isUserInRole("admin") + " security="
                + security.isCallerInRole("admin") + " ejb=" + ejb.isAdmin();
    }

    /** Likewise, where a token is no must. */
    @GET
    @Path("open/who")
    public String open(@Context SecurityContext rest, @Context HttpServletRequest request) {
        return who(rest, request);
    }

    /** What observers were told of refusals. */
    @GET
    @Path("open/refusals")
    public String refusals() {
        return String.join("\n", refusals.told());
    }

    @GET
    @Path("executor")
    public String executor() throws ExecutionException, InterruptedException {
        return "ejb=" + executor.submit(ejb::caller).get();
    }

    @GET
    @Path("stage")
    public CompletionStage<String> stage() {
        return executor.supplyAsync(ejb::caller).thenApply(caller -> "ejb=" + caller);
    }

    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void events(@Context SseEventSink sink, @Context Sse sse) {
        String before = name(security.getCallerPrincipal());
        executor.execute(() -> {
            try (sink) {
                sink.send(sse.newEvent("before=" + before))
                        .toCompletableFuture()
                        .join();
            }
        });
    }

    @GET
    @Path("logout")
    public String logout(@Context HttpServletRequest request) throws jakarta.servlet.ServletException {
        request.logout();
        return "principal=" + name(request.getUserPrincipal()) + " current=" + whose();
    }

    private String whose() {
        return current.session().map(Session::principal).orElse("none");
    }

    static String name(Principal principal) {
        return principal == null ? "none" : principal.getName();
    }
}

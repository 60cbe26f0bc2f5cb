package dev.lockstep.it.identity;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Says whose session is seen from wherever an application may look. */
@Path("/")
@RequestScoped
public class IdentityResources {

    /** Makes the server map Jakarta REST. */
    @ApplicationPath("/api")
    public static class RestApplication extends Application {}

    @Inject
    CurrentSession current;

    @Inject
    Principal injected;

    @Inject
    jakarta.security.enterprise.SecurityContext security;

    @Resource
    ManagedExecutorService executor;

    @Resource
    ManagedThreadFactory threads;

    @GET
    @Path("resource")
    public String resource(@Context SecurityContext rest, @Context HttpServletRequest request) {
        return "current=" + whose() + " rest=" + name(rest.getUserPrincipal()) + " request=" + request.getRemoteUser();
    }

    @GET
    @Path("injected")
    public String injected() {
        return "principal=" + name(injected) + " security=" + name(security.getCallerPrincipal()) + " user="
                + security.isCallerInRole("user");
    }

    /** Likewise, on a path that is permitted. */
    @GET
    @Path("open")
    public String open() {
        return injected();
    }

    @GET
    @Path("executor")
    public String executor() throws ExecutionException, InterruptedException {
        return "current=" + executor.submit(this::whose).get();
    }

    @GET
    @Path("contextual")
    public String contextual() throws ExecutionException, InterruptedException {
        return "current="
                + executor.submit(executor.getContextService().contextualCallable(this::whose))
                        .get();
    }

    @GET
    @Path("stage")
    public CompletionStage<String> stage() {
        String before = whose();
        return executor.supplyAsync(this::whose).thenApply(later -> "current=" + before + " later=" + later);
    }

    /** A pool that happens to grow for this request. */
    @GET
    @Path("thread")
    public String thread() throws ExecutionException, InterruptedException {
        CompletableFuture<String> seen = new CompletableFuture<>();
        threads.newThread(() -> seen.complete(whose())).start();
        return "current=" + seen.get();
    }

    /** What tasks of a request without a session see, on the same threads. */
    @GET
    @Path("open/executor")
    public String openExecutor() throws ExecutionException, InterruptedException {
        return executor();
    }

    @GET
    @Path("kept")
    public CompletionStage<String> kept() {
        Session session = current.require();
        return CompletableFuture.supplyAsync(() -> "kept=" + session.principal());
    }

    @GET
    @Path("suspended")
    public void suspended(@Suspended AsyncResponse response) {
        String before = whose();
        executor.execute(() -> response.resume("current=" + before + " later=" + whose()));
    }

    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void events(@Context SseEventSink sink, @Context Sse sse) {
        String before = whose();
        executor.execute(() -> {
            try (sink) {
                sink.send(sse.newEvent("current=" + before + " later=" + whose()))
                        .toCompletableFuture()
                        .join();
            }
        });
    }

    private String whose() {
        return current.session().map(Session::principal).orElse("none");
    }

    private static String name(Principal principal) {
        return principal == null ? "none" : principal.getName();
    }
}

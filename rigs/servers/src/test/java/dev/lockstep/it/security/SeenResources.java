package dev.lockstep.it.security;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Says whom the application's code finds as its caller, by each way to ask. */
@Path("/seen")
@RequestScoped
public class SeenResources extends CallerResource {

    @Resource
    ManagedExecutorService executor;

    @GET
    @Path("current")
    public String current() {
        return current.session()
                .map(session -> session.principal() + " " + session.groups().contains("admin"))
                .orElse("none false");
    }

    @GET
    @Path("request")
    public String request(@Context HttpServletRequest request) {
        return request.getRemoteUser() + " " + request.isUserInRole("admin");
    }

    @GET
    @Path("rest")
    public String rest(@Context SecurityContext rest) {
        return name(rest.getUserPrincipal()) + " " + rest.isUserInRole("admin");
    }

    /** Which has no groups. */
    @GET
    @Path("injected")
    public String injected() {
        return name(injected);
    }

    @GET
    @Path("security")
    public String security() {
        return name(security.getCallerPrincipal()) + " " + security.isCallerInRole("admin");
    }

    @GET
    @Path("ejb")
    public String ejb() {
        return ejb.caller() + " " + ejb.isAdmin();
    }

    /** Of the method that opens the stream. */
    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void events(@Context SseEventSink sink, @Context Sse sse) {
        String seen = security();
        executor.execute(() -> {
            try (sink) {
                sink.send(sse.newEvent(seen)).toCompletableFuture().join();
            }
        });
    }

    @GET
    @Path("task/current")
    public String currentOfTask() throws ExecutionException, InterruptedException {
        return ofTask(this::current);
    }

    @GET
    @Path("task/security")
    public String securityOfTask() throws ExecutionException, InterruptedException {
        return ofTask(this::security);
    }

    @GET
    @Path("task/ejb")
    public String ejbOfTask() throws ExecutionException, InterruptedException {
        return ofTask(this::ejb);
    }

    @GET
    @Path("task/bean")
    public String beanOfTask() throws ExecutionException, InterruptedException {
        return ofTask(() -> Admission.ask(bean::admin));
    }

    @GET
    @Path("stage")
    public CompletionStage<String> stage() {
        return executor.supplyAsync(() -> "").thenApplyAsync(nothing -> ejb());
    }

    private String ofTask(Callable<String> task) throws ExecutionException, InterruptedException {
        return executor.submit(task).get();
    }
}

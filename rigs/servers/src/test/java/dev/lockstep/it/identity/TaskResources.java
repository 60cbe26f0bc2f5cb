package dev.lockstep.it.identity;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextServiceDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.ExecutionException;

/** Says whose session a task of an executor sees that names the context, or clears it. */
@Path("/")
@RequestScoped
@ContextServiceDefinition(
        name = "java:module/concurrent/WithSession",
        propagated = {ContextServiceDefinition.APPLICATION, "Lockstep"})
@ContextServiceDefinition(
        name = "java:module/concurrent/WithoutSession",
        cleared = {ContextServiceDefinition.TRANSACTION, "Lockstep"},
        propagated = ContextServiceDefinition.ALL_REMAINING)
@ManagedExecutorDefinition(
        name = "java:module/concurrent/Defined",
        context = "java:module/concurrent/WithSession",
        maxAsync = 2)
@ManagedExecutorDefinition(
        name = "java:module/concurrent/Cleared",
        context = "java:module/concurrent/WithoutSession",
        maxAsync = 2)
public class TaskResources {

    @Inject
    CurrentSession current;

    @Resource(lookup = "java:module/concurrent/Defined")
    ManagedExecutorService defined;

    @Resource(lookup = "java:module/concurrent/Cleared")
    ManagedExecutorService cleared;

    @GET
    @Path("defined")
    public String defined() throws ExecutionException, InterruptedException {
        return "current=" + defined.submit(this::whose).get();
    }

    @GET
    @Path("cleared")
    public String cleared() throws ExecutionException, InterruptedException {
        return "current=" + cleared.submit(this::whose).get();
    }

    private String whose() {
        return current.session().map(Session::principal).orElse("none");
    }
}

package dev.lockstep.demo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the two nodes are, for the page that shows both; anybody may know. */
@Path("/nodes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class NodesResource {

    @Inject
    @ConfigProperty(name = "demo.a", defaultValue = "http://127.0.0.1:8080")
    String a;

    @Inject
    @ConfigProperty(name = "demo.b", defaultValue = "http://127.0.0.1:8081")
    String b;

    /** Addresses without a slash at the end. */
    public record Nodes(String a, String b) {}

    @GET
    public Nodes nodes() {
        return new Nodes(a, b);
    }
}

package shop;

import dev.lockstep.CurrentSession;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("/greeting")
@RequestScoped
public class Greeting {

    @Inject
    CurrentSession current;

    @GET
    public String greet() {
        return "Hello, " + current.require().principal();
    }
}

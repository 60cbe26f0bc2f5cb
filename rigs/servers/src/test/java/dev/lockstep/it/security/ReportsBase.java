package dev.lockstep.it.security;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;

/** For administrators, whichever class inherits it. */
@RolesAllowed("admin")
public class ReportsBase {

    @GET
    public String inherited() {
        return "inherited";
    }
}

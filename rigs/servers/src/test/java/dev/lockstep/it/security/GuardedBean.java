package dev.lockstep.it.security;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;

/** A bean of CDI for some. */
@ApplicationScoped
public class GuardedBean {

    @RolesAllowed("admin")
    public String admin() {
        return "admin";
    }

    /** Whoever has a session. */
    @RolesAllowed("**")
    public String anyone() {
        return "anyone";
    }

    /** A role that nothing declares. */
    @RolesAllowed("cn=dev,ou=people")
    public String developers() {
        return "developers";
    }
}

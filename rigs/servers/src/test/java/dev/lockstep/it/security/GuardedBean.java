package dev.lockstep.it.security;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;

/** A bean of CDI for administrators. */
@ApplicationScoped
public class GuardedBean {

    @RolesAllowed("admin")
    public String admin() {
        return "admin";
    }
}

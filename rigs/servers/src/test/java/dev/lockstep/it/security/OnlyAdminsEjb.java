package dev.lockstep.it.security;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;

/** For administrators, whoever calls as one. */
@Stateless
@RolesAllowed("admin")
public class OnlyAdminsEjb {

    public String admin() {
        return "admin";
    }
}

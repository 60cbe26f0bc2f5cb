package dev.lockstep.it.security;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;

/** Calls what its caller may not. */
@Stateless
@RunAs("admin")
@PermitAll
public class AdminEjb {

    @EJB
    OnlyAdminsEjb guarded;

    public String run() {
        return guarded.admin();
    }
}

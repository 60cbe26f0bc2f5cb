package dev.lockstep.it.security;

import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;

/** What EJB knows of the caller. */
@Stateless
@DeclareRoles({"admin", "user"})
@PermitAll
public class GuardedEjb {

    @Resource
    SessionContext context;

    @EJB
    AdminEjb asAdmin;

    @RolesAllowed("admin")
    public String admin() {
        return "admin";
    }

    public String caller() {
        return context.getCallerPrincipal().getName();
    }

    public boolean isAdmin() {
        return context.isCallerInRole("admin");
    }

    public String asAdmin() {
        return asAdmin.run();
    }
}

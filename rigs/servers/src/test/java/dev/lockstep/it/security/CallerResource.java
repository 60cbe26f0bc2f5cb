package dev.lockstep.it.security;

import dev.lockstep.CurrentSession;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.security.Principal;

/** What a resource has to ask for its caller with, and what it may call. */
public abstract class CallerResource {

    @Inject
    CurrentSession current;

    @Inject
    Principal injected;

    @Inject
    jakarta.security.enterprise.SecurityContext security;

    @EJB
    GuardedEjb ejb;

    @Inject
    GuardedBean bean;

    static String name(Principal principal) {
        return principal == null ? "none" : principal.getName();
    }
}

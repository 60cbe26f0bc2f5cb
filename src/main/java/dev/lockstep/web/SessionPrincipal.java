package dev.lockstep.web;

import java.security.Principal;

/** What {@code getUserPrincipal} gives: a name and nothing else. */
record SessionPrincipal(String name) implements Principal {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}

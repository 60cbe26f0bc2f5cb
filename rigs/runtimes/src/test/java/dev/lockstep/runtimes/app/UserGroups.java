package dev.lockstep.runtimes.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** A bean of the application: without any, Weld does not start in a plain servlet container. */
@ApplicationScoped
public class UserGroups {

    /** The groups that everybody belongs to. */
    public Set<String> ofEverybody() {
        return Set.of("users");
    }
}

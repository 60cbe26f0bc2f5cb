package dev.lockstep.web;

import dev.lockstep.TokenRefused;
import dev.lockstep.config.WebConfig;
import dev.lockstep.web.path.RequestPath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers in to Lockstep's own servlet, or refuses them, as the filter does where paths are
 * protected; whichever paths {@code lockstep.web} protects or permits. Thread-safe.
 */
public final class Doorkeeper {

    private final WebServices services;
    private final AccessPolicy policy;
    private final String realm;

    /** @param services whose configuration can be asked for */
    public Doorkeeper(WebServices services) {
        WebConfig config = services.config();
        this.services = services;
        this.policy = new AccessPolicy(services, config);
        this.realm = config.realm();
    }

    /**
     * Who makes a request. Where it is refused, the answer is written, and the application's
     * observers are told before.
     *
     * @param groups of which one is needed; empty for none
     * @return null where it is refused
     */
    public @Nullable Caller admit(
            RequestPath path, Set<String> groups, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Authentication found = policy.judgeClosed(path, request);
        if (found instanceof Identity identity
                && isIn(groups, identity.session().groups())) {
            return new Caller(identity.session(), identity.token());
        }
        Refusal refusal = found instanceof Refusal because ? because : Refusal.INSUFFICIENT_SCOPE;
        services.refused(new TokenRefused(refusal.reason(), path.text()));
        refusal.send(realm, response);
        return null;
    }

    private static boolean isIn(Set<String> needed, Set<String> groups) {
        return needed.isEmpty() || !Collections.disjoint(needed, groups);
    }
}

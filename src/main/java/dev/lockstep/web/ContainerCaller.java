package dev.lockstep.web;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the container's security has found out about a request before any filter. It fails closed:
 * where the container did not ask Lockstep, or knows another caller than it was told, nothing
 * behind the filter runs.
 */
final class ContainerCaller {

    private static final String ATTRIBUTE = ContainerCaller.class.getName();

    /** Of a class that only this package sees, so that no dispatch can forge it. */
    private static final ContainerCaller JUDGED = new ContainerCaller();

    private ContainerCaller() {}

    /** Notes that Lockstep was asked about a request, whatever came of it. */
    static void judged(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, JUDGED);
    }

    /**
     * The identity that a request was given; null if it passes without one.
     *
     * @throws IllegalStateException if the container can't be relied on
     */
    static @Nullable Identity of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) != JUDGED) {
            throw new IllegalStateException(
                    "LOCKSTEP-0408 The container did not ask Lockstep who calls, so nobody is let in: lockstep.security is"
                            + " container, but Jakarta Security is off for this application. Switch it on in the server, or"
                            + " set lockstep.security=filter.");
        }
        Identity identity = Identity.of(request);
        if (!Objects.equals(name(request.getUserPrincipal()), name(identity))) {
            throw refused(null);
        }
        return identity;
    }

    private static @Nullable String name(@Nullable Principal caller) {
        return caller == null ? null : caller.getName();
    }

    private static @Nullable String name(@Nullable Identity identity) {
        return identity == null ? null : identity.session().principal();
    }

    /** @param cause why the container did not take over the caller, if it says so */
    static IllegalStateException refused(@Nullable RuntimeException cause) {
        return new IllegalStateException(
                "LOCKSTEP-0409 The container does not take over the caller that Lockstep tells it, so nobody is let in. On"
                        + " WildFly say integrated-jaspi=false for the application's security domain, as"
                        + " docs/howto/wildfly.md shows; or set lockstep.security=filter.",
                cause);
    }
}

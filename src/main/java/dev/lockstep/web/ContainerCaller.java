package dev.lockstep.web;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Lockstep answered when the container asked who calls, before any filter. It fails closed:
 * where the container did not ask, or knows another caller than it was told, nothing behind the
 * filter runs. Immutable.
 *
 * <p>Kept as an attribute of the request; being of a class that only this package sees, it cannot
 * be forged by a dispatch.
 *
 * @param found null if the request passes without an identity
 */
record ContainerCaller(@Nullable Authentication found) {

    private static final String ATTRIBUTE = ContainerCaller.class.getName();

    /** Notes what came of a request. */
    static void note(@Nullable Authentication found, ServletRequest request) {
        request.setAttribute(ATTRIBUTE, new ContainerCaller(found));
    }

    /**
     * What came of a request; null if it passes without an identity.
     *
     * @throws IllegalStateException if the container can't be relied on
     */
    static @Nullable Authentication of(HttpServletRequest request) {
        if (!(request.getAttribute(ATTRIBUTE) instanceof ContainerCaller told)) {
            throw new IllegalStateException(
                    "LOCKSTEP-0408 The container did not ask Lockstep who calls, so nobody is let in: lockstep.security is"
                            + " container, but Jakarta Security is off for this application. Switch it on in the server, or"
                            + " set lockstep.security=filter.");
        }
        if (!Objects.equals(name(request.getUserPrincipal()), told.name())) {
            throw refused(null);
        }
        return told.found;
    }

    /** @param cause why the container did not take over the caller, if it says so */
    static IllegalStateException refused(@Nullable RuntimeException cause) {
        return new IllegalStateException(
                "LOCKSTEP-0409 The container does not take over the caller that Lockstep tells it, so nobody is let in. On"
                        + " WildFly say integrated-jaspi=false for the application's security domain, as"
                        + " docs/howto/container-security.md shows; or set lockstep.security=filter.",
                cause);
    }

    private @Nullable String name() {
        return found instanceof Identity identity ? identity.session().principal() : null;
    }

    private static @Nullable String name(@Nullable Principal caller) {
        return caller == null ? null : caller.getName();
    }

    /** Shows nothing, as attributes are printed by debugging pages. */
    @Override
    public String toString() {
        return "ContainerCaller";
    }
}

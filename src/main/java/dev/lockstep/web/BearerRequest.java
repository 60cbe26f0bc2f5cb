package dev.lockstep.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * A request with the identity of its session; groups stand for the roles of Servlet. What the
 * server itself knows of the caller is hidden, unless it was told by Lockstep: then it answers.
 */
final class BearerRequest extends HttpServletRequestWrapper {

    /** What {@code getUserPrincipal} gives: a name and nothing else. */
    private record SessionPrincipal(String name) implements Principal {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final Identity identity;
    private final HttpServletResponse response;
    private final WebServices services;
    private final boolean byContainer;

    /** @param byContainer whether the container was told who the caller is */
    BearerRequest(
            HttpServletRequest request,
            HttpServletResponse response,
            Identity identity,
            WebServices services,
            boolean byContainer) {
        super(request);
        this.byContainer = byContainer;
        this.response = response;
        this.identity = identity;
        this.services = services;
    }

    /** Whether a request is one, or wraps one. */
    static boolean isIn(ServletRequest request) {
        return request instanceof BearerRequest
                || (request instanceof ServletRequestWrapper wrapper && wrapper.isWrapperFor(BearerRequest.class));
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        if (identity.isLoggedOut()) {
            return null;
        }
        return byContainer
                ? super.getUserPrincipal()
                : new SessionPrincipal(identity.session().principal());
    }

    @Override
    public @Nullable String getRemoteUser() {
        return identity.isLoggedOut() ? null : identity.session().principal();
    }

    @Override
    public @Nullable String getAuthType() {
        return identity.isLoggedOut() ? null : "Bearer";
    }

    /**
     * {@code *} is never a role, {@code **} is anyone who is authenticated: Servlet 6.0, section
     * 13.3. A container may know more roles, which it maps groups to; some know those only that are
     * declared.
     */
    @Override
    public boolean isUserInRole(@Nullable String role) {
        if (role == null || role.equals("*") || identity.isLoggedOut()) {
            return false;
        }
        return role.equals("**")
                || identity.session().groups().contains(role)
                || (byContainer && super.isUserInRole(role));
    }

    /** True, since there is an identity; after {@link #logout} what the server says. */
    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        return !identity.isLoggedOut() || super.authenticate(response);
    }

    /**
     * Always fails: a request that has an identity may not get another, and tokens come from the
     * session manager.
     */
    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException("LOCKSTEP-0404 This request is authenticated by its bearer token already:"
                + " open a session with SessionManager.open instead of calling login");
    }

    /**
     * Revokes the session, and takes the identity from this request and from the container, whether
     * that can be confirmed or not.
     *
     * @throws ServletException if the revocation is not confirmed; its cause tells why
     */
    @Override
    public void logout() throws ServletException {
        if (identity.isLoggedOut()) {
            return;
        }
        identity.logOut();
        try {
            services.sessions().revoke(identity.token());
        } catch (RuntimeException e) {
            throw new ServletException(
                    "LOCKSTEP-0405 The logout is not confirmed: revoke the session again (" + e.getMessage() + ")", e);
        } finally {
            if (byContainer) {
                super.logout();
            }
        }
    }

    /** Passes this request on, so that what runs asynchronously has the identity too. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }
}

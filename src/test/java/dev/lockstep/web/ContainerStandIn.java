package dev.lockstep.web;

import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContextWrapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of a container with Jakarta Security, before all filters: asks the mechanism once
 * for each request, and knows in all its dispatches whom it was told.
 */
final class ContainerStandIn extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String ATTRIBUTE = ContainerStandIn.class.getName();

    private final transient HttpAuthenticationMechanism mechanism;

    ContainerStandIn(HttpAuthenticationMechanism mechanism) {
        this.mechanism = mechanism;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            boolean isLost = !BearerRequest.isIn(request) && request.getAttribute(ATTRIBUTE) instanceof Caller;
            chain.doFilter(isLost ? new KnownCaller(request) : request, response);
            return;
        }
        AuthenticationStatus status = ask(request, response);
        if (status == AuthenticationStatus.SUCCESS || status == AuthenticationStatus.NOT_DONE) {
            chain.doFilter(new KnownCaller(request), response);
        }
    }

    private AuthenticationStatus ask(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            return mechanism.validateRequest(request, response, new Context(request));
        } catch (AuthenticationException e) {
            throw new ServletException(e);
        }
    }

    private record Caller(String getName, Set<String> groups) implements Principal {

        @Override
        public String getName() {
            return getName;
        }

        @Override
        public String toString() {
            return getName;
        }
    }

    /** What of the context the mechanism may use. */
    private static final class Context extends HttpMessageContextWrapper {

        private final HttpServletRequest request;

        Context(HttpServletRequest request) {
            super(nobody());
            this.request = request;
        }

        @Override
        public boolean isProtected() {
            return false;
        }

        @Override
        public boolean isAuthenticationRequest() {
            return false;
        }

        @Override
        public AuthenticationStatus notifyContainerAboutLogin(String name, Set<String> groups) {
            request.setAttribute(ATTRIBUTE, new Caller(name, groups));
            return AuthenticationStatus.SUCCESS;
        }

        @Override
        public AuthenticationStatus doNothing() {
            return AuthenticationStatus.NOT_DONE;
        }

        /** All else fails. */
        @SuppressWarnings("NullAway")
        private static HttpMessageContext nobody() {
            return null;
        }
    }

    /** A request as a container gives it that was told of a caller. */
    private static final class KnownCaller extends HttpServletRequestWrapper {

        KnownCaller(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable Principal getUserPrincipal() {
            return caller();
        }

        @Override
        public boolean isUserInRole(String role) {
            Caller caller = caller();
            return caller != null && (role.equals("**") || caller.groups().contains(role));
        }

        @Override
        public void logout() {
            removeAttribute(ATTRIBUTE);
        }

        private @Nullable Caller caller() {
            return getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : null;
        }
    }
}
